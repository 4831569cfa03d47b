#ifndef IO_PROGRAM_H
#define IO_PROGRAM_H

/*
 * Where one of our own programs is: its absolute path, to be freed; NULL when
 * there is none that can be run. `said` is a path from the settings; "": the one
 * beside the program that asks, else the one in PATH.
 */
char *program_find(const char *name, const char *said);

#endif
