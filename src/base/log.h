#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * One line to stderr for the person who looks into the journal.
 *
 * info: what happened, once. warning: the outside let us down and we go on
 * with what we have. error: something a person must mend. Any thread may log;
 * a line goes out in one write. Under systemd (JOURNAL_STREAM is set) lines
 * carry a priority prefix. Post-its, names and tokens are never logged.
 */

void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum log_weight {
    LOG_INFO_LINE,
    LOG_WARNING_LINE,
    LOG_ERROR_LINE,
};

/* Somebody else who is told every line: the words alone, NUL-terminated,
   without name, prefix or newline. Called on the thread that logs. */
typedef void log_keeper(void *data, enum log_weight weight, const char *words);

/* From now on; NULL: nobody any more. While no other thread logs. */
void log_also_tell(log_keeper *keeper, void *data);

#endif
