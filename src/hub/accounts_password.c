#include <string.h>

#include "base/utf8.h"
#include "hub/accounts.h"

#define LETTERS_LEAST 12
#define DIFFERENT_LEAST 5
#define NAME_LETTERS_LEAST 3 // "Al" is in too many words

/* What lists of stolen passwords have most often among those that are long
   enough; small letters. */
static const char *const common[] = {
    "000000000000",        "111111111111",     "112233445566",
    "121212121212",        "123123123123",     "123456123456",
    "1234567890-=",        "123456789000",     "123456789012",
    "1234567890123",       "12345678901234",   "123456789012345",
    "1234567890qwe",       "1234567890qwerty", "123456789101112",
    "123456789987654",     "12345678987654",   "123456789abc",
    "123456789qwe",        "123456789qwerty",  "123456qwerty",
    "123qweasdzxc",        "147258369147",     "147258369000",
    "1q2w3e4r5t6y",        "1q2w3e4r5t6y7u",   "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",        "1qaz2wsx3edc4rfv", "1qazxsw23edc",
    "987654321000",        "9876543210987",    "abc123456789",
    "abcd12345678",        "abcdefghijkl",     "abcdefghijklm",
    "abcdefghijklmnop",    "administrator",    "alexander123",
    "arsenalarsenal",      "asdasdasdasd",     "asdfasdfasdf",
    "asdfghjkl123",        "asdfghjkl;'#",     "asdfghjklzxcvbnm",
    "babygirl1234",        "basketball12",     "changeme1234",
    "charlie12345",        "chelsea12345",     "christopher1",
    "computer1234",        "correcthorse",     "correcthorsebatterystaple",
    "dragon123456",        "everton12345",     "football1234",
    "headteacher1",        "headteacher12",    "hello1234567",
    "iloveyou1234",        "iloveyouforever",  "iloveyousomuch",
    "justinbieber",        "letmein12345",     "letmeinletmein",
    "liverpool123",        "liverpool1234",    "liverpool1892",
    "loveyouforever",      "manchester12",     "manchesterunited",
    "manutd123456",        "michael12345",     "monkey123456",
    "motherfucker",        "mypassword12",     "p@ssw0rd1234",
    "p@ssword1234",        "passw0rd1234",     "password!123",
    "password1234",        "password12345",    "password123456",
    "password123!",        "password2024",     "password2025",
    "password2026",        "passwordpassword", "primaryschool",
    "princess1234",        "q1w2e3r4t5y6",     "qazwsxedcrfv",
    "qazwsxedc123",        "qwerty123456",     "qwerty1234567",
    "qwertyqwerty",        "qwertyuiop12",     "qwertyuiop123",
    "qwertyuiop[]",        "qwertyuiopas",     "qwertyuiopasdf",
    "qwertyuiopasdfghjkl", "schoolschool",     "starwars1234",
    "summer123456",        "summer2026!!",     "sunshine1234",
    "superman1234",        "teacher12345",     "thinkingthursday",
    "trustno1trustno1",    "unbelievable",     "welcome12345",
    "welcome123456",       "welcome1234!",     "whatever1234",
    "zaq12wsxcde3",        "zxcvbnm12345",     "zxcvbnmasdfghjkl",
};

static bool
is_common(const char *password)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcasecmp(password, common[i]) == 0)
            return true;
    return false;
}

static int
different_letters(const char *password, size_t len)
{
    uint32_t seen[DIFFERENT_LEAST];
    int count = 0;
    for (size_t at = 0; at < len && count < DIFFERENT_LEAST;) {
        uint32_t letter = utf8_next(password, len, &at);
        int i = 0;
        while (i < count && seen[i] != letter)
            i++;
        if (i == count)
            seen[count++] = letter;
    }
    return count;
}

const char *
accounts_password_refusal(const char *password, const char *name)
{
    size_t len = strlen(password);
    if (utf8_count(password, len) < LETTERS_LEAST)
        return "That is too short. Please take 12 characters or more.";
    if (len > ACCOUNTS_PASSWORD_MOST)
        return "That is longer than the hub can take. Please make it shorter.";
    if (is_common(password) ||
        different_letters(password, len) < DIFFERENT_LEAST)
        return "Many people use this password, so it is among the first that "
               "somebody would try. Please choose another.";
    if (strcasestr(password, "staffroom"))
        return "Please leave the word \xE2\x80\x9Cstaffroom\xE2\x80\x9D out of "
               "it: it is among the first things somebody would try.";
    if (utf8_count(name, strlen(name)) >= NAME_LETTERS_LEAST &&
        strcasestr(password, name))
        return "Please leave your name out of it: it is among the first things "
               "somebody would try.";
    return NULL;
}
