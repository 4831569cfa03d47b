#ifndef HUB_COMMON_PASSWORDS_H
#define HUB_COMMON_PASSWORDS_H

#include <stdbool.h>

/* Whether many people use this password, capitals or not, so that it is among
   the first that somebody would try (OWASP ASVS 5.0, 6.2.4 and 6.2.12). */
bool common_passwords_have(const char *password);

#endif
