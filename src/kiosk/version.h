#ifndef KIOSK_VERSION_H
#define KIOSK_VERSION_H

/* What --version prints, and what a hub is told. */
#define STAFFROOM_VERSION "0.1.0"

#endif
