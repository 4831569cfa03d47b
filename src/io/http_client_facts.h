#ifndef IO_HTTP_CLIENT_FACTS_H
#define IO_HTTP_CLIENT_FACTS_H

#include <stdbool.h>

#include "core/net_facts.h"
#include "io/http_client_transfer.h"

/*
 * What an answer says about the way it came, for people who look for what is
 * wrong with it. For http_client only.
 */

/* Who signed the certificates of the servers met last: a connection that is
   used again tells nothing about its own. Zero is valid. */
struct http_issuers {
    struct {
        char origin[160]; // "https://host:port"
        char issuer[128];
    } list[8];
    unsigned next;
};

/* Of a request that has ended, all but answered_s. */
void http_facts_of(const struct transfer *t, CURLcode code,
                   struct net_answer *out);

/* Only who signed the certificate; "" when libcurl cannot say. */
void http_facts_issuer(CURL *easy, char *out, size_t size);

/* "C = GB, O = Hillcrest, CN = School Filter CA", as libcurl prints a certificate's
   name, as "School Filter CA, Hillcrest". */
void http_facts_name(const char *name, char *out, size_t size);

/* Remembers the issuer of that address, or fills it in where it is missing. */
void http_issuers_settle(struct http_issuers *k, const char *url,
                         struct net_answer *a);

#endif
