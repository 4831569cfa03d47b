// links: src/core/config_calendar.c src/core/config_screen.c
// links: src/core/screen_hours.c src/core/date.c
// links: src/core/config_value.c src/core/config_address.c
// links: src/core/config.c src/core/hours.c src/core/board.c src/base/*.c
// libs: -linih -lunistring
/* A configuration file somebody edited at seven in the morning. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config config;
    struct problem why = {0};
    config_init(&config);
    if (!config_read(&config, (const char *) data, size, &why) &&
        why.text[0] == '\0')
        abort(); // refused without a word
    if (config.interval_s < 15 || config.interval_s > 86400)
        abort();
    config_destroy(&config);
    return 0;
}
