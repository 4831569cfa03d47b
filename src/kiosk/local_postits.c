#include "kiosk/local_postits.h"

#include <stdlib.h>

#include "base/memory.h"

struct local_postits *
local_postits_new(void)
{
    return memory_take_zeroed(sizeof(struct local_postits));
}

void
local_postits_free(struct local_postits *p)
{
    if (!p)
        return;
    arena_destroy(&p->arena);
    free(p);
}
