#ifndef HUB_BROWSER_H
#define HUB_BROWSER_H

#include "base/arena.h"

/* "Firefox on Android" for what a browser says of itself in User-Agent, so that
   people know their own again in a list; "A browser" when it says nothing we
   know. Nothing is decided by it: anybody may say anything. In `a`. Pure. */
const char *browser_words(struct arena *a, const char *user_agent);

#endif
