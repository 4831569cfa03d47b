// links: src/hub/secret.c src/base/check.c src/base/log.c src/base/text.c src/base/memory.c
// libs: -lsodium -pthread
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "hub/secret.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int
set_up(void **state)
{
    (void) state;
    return secret_start() ? 0 : -1;
}

static void
writes_and_reads_a_secret(void **state)
{
    (void) state;
    unsigned char secret[SECRET_BYTES], again[SECRET_BYTES];
    char text[SECRET_TEXT_BYTES];
    for (int i = 0; i < 1000; i++) {
        secret_random(secret, sizeof secret);
        secret_write(secret, text);
        assert_int_equal(strlen(text), 43);
        assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
                                      "opqrstuvwxyz0123456789-_"),
                         43);
        assert_true(secret_read(text, again));
        assert_memory_equal(secret, again, sizeof secret);
    }
}

static void
knows_what_a_secret_looks_like(void **state)
{
    (void) state;
    unsigned char out[SECRET_BYTES];
    static const char *const wrong[] = {
        "",
        "abc",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",   // 42
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", // 44
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",  // bits too many
        "AAAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAA",  // other alphabet
        "AAAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    };
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(secret_read(wrong[i], out));
    assert_true(
        secret_read("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", out));
}

static void
hashes_as_blake2b_does(void **state)
{
    (void) state;
    // b2sum -l 256 of "abc".
    static const unsigned char wanted[SECRET_BYTES] = {
        0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72, 0x31, 0x71, 0xef,
        0x3f, 0xee, 0x98, 0x57, 0x9b, 0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb,
        0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19};
    unsigned char hash[SECRET_BYTES];
    secret_hash("abc", 3, hash);
    assert_true(secret_is_equal(hash, wanted, sizeof hash));
    hash[31] ^= 1;
    assert_false(secret_is_equal(hash, wanted, sizeof hash));
}

static void
makes_letters_of_the_alphabet(void **state)
{
    (void) state;
    static const char alphabet[] = "BCDFGHJKLMNPQRSTVWXZ";
    bool seen[256] = {false};
    char code[9];
    for (int i = 0; i < 500; i++) {
        secret_letters(alphabet, 8, code);
        assert_int_equal(strspn(code, alphabet), 8);
        assert_int_equal(code[8], '\0');
        for (int k = 0; k < 8; k++)
            seen[(unsigned char) code[k]] = true;
    }
    // 4,000 letters: that one of twenty is not among them has odds of 1e-88.
    for (size_t i = 0; i < strlen(alphabet); i++)
        assert_true(seen[(unsigned char) alphabet[i]]);
}

static void
knows_a_password(void **state)
{
    (void) state;
    char hash[SECRET_PASSWORD_BYTES], other[SECRET_PASSWORD_BYTES];
    const char *password = "correct horse battery staple";
    assert_true(secret_password_hash(password, hash));
    assert_int_equal(strncmp(hash, "$argon2id$", 10), 0);
    assert_null(strstr(hash, "horse"));
    assert_true(secret_password_hash(password, other));
    assert_string_not_equal(hash, other); // salted
    assert_true(secret_password_verify(hash, password));
    assert_false(secret_password_verify(hash, "Correct horse battery staple"));
    assert_false(secret_password_verify("", password));
    assert_false(secret_password_verify("$argon2id$rubbish", password));
    assert_false(secret_password_verify(NULL, password));
}

static void
refuses_endless_passwords(void **state)
{
    (void) state;
    char hash[SECRET_PASSWORD_BYTES];
    char *password = malloc(SECRET_PASSWORD_MOST + 2);
    assert_non_null(password);
    memset(password, 'a', SECRET_PASSWORD_MOST + 1);
    password[SECRET_PASSWORD_MOST + 1] = '\0';
    assert_false(secret_password_hash(password, hash));
    password[SECRET_PASSWORD_MOST] = '\0';
    assert_true(secret_password_hash(password, hash));
    free(password);
}

static void
signs_what_a_form_does(void **state)
{
    (void) state;
    unsigned char key[SECRET_BYTES], other[SECRET_BYTES];
    char token[SECRET_TEXT_BYTES];
    secret_random(key, sizeof key);
    secret_random(other, sizeof other);
    secret_sign(key, "/post-its/share", token);
    assert_true(secret_is_signed(key, "/post-its/share", token));
    assert_false(secret_is_signed(key, "/post-its/take-down", token));
    assert_false(secret_is_signed(other, "/post-its/share", token));
    assert_false(secret_is_signed(key, "/post-its/share", ""));
    token[0] = token[0] == 'A' ? 'B' : 'A';
    assert_false(secret_is_signed(key, "/post-its/share", token));
}

static void
forgets(void **state)
{
    (void) state;
    char word[] = "secret", zeros[sizeof word] = {0};
    secret_forget(word, sizeof word);
    assert_memory_equal(word, zeros, sizeof word);
}

static void
a_stamp_needs_its_key_and_its_words(void **state)
{
    unsigned char key[SECRET_BYTES] = {1}, other[SECRET_BYTES] = {2};
    unsigned char a[SECRET_STAMP_BYTES], b[SECRET_STAMP_BYTES];
    char text[23];
    (void) state;
    secret_stamp(key, "post 1", 6, a);
    secret_stamp(key, "post 1", 6, b);
    assert_memory_equal(a, b, sizeof a);
    secret_stamp(key, "post 2", 6, b);
    assert_memory_not_equal(a, b, sizeof a);
    secret_stamp(other, "post 1", 6, b);
    assert_memory_not_equal(a, b, sizeof a);
    secret_write_bytes(a, sizeof a, text, sizeof text);
    assert_int_equal(strlen(text), 22);
    assert_true(secret_read_bytes(text, b, sizeof b));
    assert_memory_equal(a, b, sizeof a);
    // Only what secret_write_bytes makes, of that length.
    static const char *const rows[] = {"",
                                       "AAAA",
                                       "AAAAAAAAAAAAAAAAAAAAAAA",
                                       "AAAAAAAAAAAAAAAAAAAAAB",
                                       "AAAAAAAAAAAAAAAAAAAAA=",
                                       "AAAAAAAAAAAAAAAAAAAA+A"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (secret_read_bytes(rows[i], b, sizeof b))
            fail_msg("row %zu", i);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_a_secret),
        cmocka_unit_test(knows_what_a_secret_looks_like),
        cmocka_unit_test(hashes_as_blake2b_does),
        cmocka_unit_test(makes_letters_of_the_alphabet),
        cmocka_unit_test(knows_a_password),
        cmocka_unit_test(refuses_endless_passwords),
        cmocka_unit_test(signs_what_a_form_does),
        cmocka_unit_test(a_stamp_needs_its_key_and_its_words),
        cmocka_unit_test(forgets),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
