#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* What --version prints, a hub is told, and the packages are called by. */
#define STAFFROOM_VERSION "0.1.0"

#endif
