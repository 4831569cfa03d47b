#include "core/config_part.h"

#include <string.h>

bool
config_pin_is_good(const char *value)
{
    size_t len = strlen(value);
    return strspn(value, "0123456789") == len &&
           (len == 0 || (len >= CONFIG_PIN_LEAST && len <= CONFIG_PIN_MOST));
}
