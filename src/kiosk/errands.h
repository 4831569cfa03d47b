#ifndef KIOSK_ERRANDS_H
#define KIOSK_ERRANDS_H

#include "kiosk/show.h"
#include "kiosk/worker.h"

/*
 * Takes what the show asks of the store to the worker, and what was written
 * with it. UI thread.
 */
void errands_run(struct show *s, struct worker *w, struct now now);

#endif
