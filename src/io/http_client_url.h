#ifndef IO_HTTP_CLIENT_URL_H
#define IO_HTTP_CLIENT_URL_H

#include <stdbool.h>

/*
 * Addresses as libcurl understands them, so that what is checked and what is
 * connected to are never two readings of one text. For http_client only.
 */

/* An absolute http(s) address, brought into its plain form (0x7f.1 becomes
   127.0.0.1); malloc'ed, NULL when it is none. */
char *http_url_tidy(const char *url);

/* The host, malloc'ed, IPv6 in brackets; NULL when there is none. */
char *http_url_host(const char *url);

/* "https://host:port/", malloc'ed; NULL when it is no web address. */
char *http_url_origin(const char *url);

bool http_url_is_secure(const char *url);

/* Without user, password, query and fragment: these may be secrets. Malloc'ed,
   never NULL. */
char *http_url_for_log(const char *url);

#endif
