#include <string.h>

#include "base/utf8.h"
#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/common_passwords.h"
#include "hub/html.h"
#include "hub/pages_part.h"

#define LETTERS_LEAST 12
#define DIFFERENT_LEAST 5
#define NAME_LETTERS_LEAST 3 // "Al" is in too many words

/* What a school would think of, beside what common_passwords knows; small
   letters. */
static const char *const school_words[] = {
    "1234567890-=",     "12345678901234",
    "123456789987654",  "12345678987654",
    "147258369147",     "147258369000",
    "1q2w3e4r5t6y7u8i", "987654321000",
    "9876543210987",    "abcd12345678",
    "abcdefghijklm",    "arsenalarsenal",
    "asdfghjkl;'#",     "babygirl1234",
    "changeme1234",     "charlie12345",
    "chelsea12345",     "computer1234",
    "correcthorse",     "correcthorsebatterystaple",
    "dragon123456",     "everton12345",
    "football1234",     "headteacher1",
    "headteacher12",    "hello1234567",
    "iloveyouforever",  "iloveyousomuch",
    "letmein12345",     "letmeinletmein",
    "liverpool1234",    "loveyouforever",
    "manchester12",     "manutd123456",
    "michael12345",     "monkey123456",
    "mypassword12",     "p@ssw0rd1234",
    "p@ssword1234",     "passw0rd1234",
    "password!123",     "password123456",
    "password123!",     "password2024",
    "password2025",     "password2026",
    "primaryschool",    "princess1234",
    "qwertyuiop[]",     "schoolschool",
    "starwars1234",     "summer123456",
    "summer2026!!",     "sunshine1234",
    "superman1234",     "teacher12345",
    "thinkingthursday", "trustno1trustno1",
    "welcome12345",     "welcome123456",
    "welcome1234!",     "whatever1234",
};

static bool
is_common(const char *password)
{
    for (size_t i = 0; i < sizeof school_words / sizeof *school_words; i++)
        if (strcasecmp(password, school_words[i]) == 0)
            return true;
    return common_passwords_have(password);
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

/* ---- choosing one ------------------------------------------------------- */

void
accounts_add_new_password(struct text *t, const char *wrong)
{
    pages_add_field(
        t, &(struct pages_field){.name = "password",
                                 .label = "A password",
                                 .hint = "12 characters or more. Three or four "
                                         "words that do not belong together "
                                         "are easy to remember.",
                                 .wrong = wrong,
                                 .value = "",
                                 .type = "password",
                                 .autocomplete = "new-password",
                                 .is_required = true});
    pages_add_field(t, &(struct pages_field){.name = "again",
                                             .label = "The password again",
                                             .value = "",
                                             .type = "password",
                                             .autocomplete = "new-password",
                                             .is_required = true});
}

const char *
accounts_new_password_refusal(const struct form *form, const char *name)
{
    const char *password = form_value(form, "password");
    const char *wrong = accounts_password_refusal(password, name);
    if (!wrong && strcmp(password, form_value(form, "again")) != 0)
        wrong = "The two were not the same. Please type them again.";
    return wrong;
}
