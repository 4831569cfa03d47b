#include "io/http_client_explain.h"

/* OpenSSL's X509_V_ERR_…, which libcurl hands through as numbers. When the
   chain was good and libcurl's own look at the name was not, it is OK, or the
   value it starts with. */
#define VERIFY_OK 0
#define VERIFY_UNSPECIFIED 1
#define VERIFY_NOT_YET_VALID 9
#define VERIFY_EXPIRED 10

void
http_explain_refusal(enum http_refusal refusal, size_t most_bytes,
                     struct problem *why)
{
    const char *text = "";
    switch (refusal) {
    case REFUSAL_NONE:
        break;
    case REFUSAL_TOO_LARGE:
        problem_set(why, 0, 0,
                    "The answer is larger than the %zu KiB this screen takes",
                    most_bytes / 1024);
        return;
    case REFUSAL_NOT_PUBLIC:
        text = "The address leads into a private network, where a feed from "
               "outside may not send this screen";
        break;
    case REFUSAL_NOT_SECURE:
        text = "The secure address leads on to one that is not secure, so "
               "this screen did not follow";
        break;
    case REFUSAL_NOT_WEB:
        text = "The address leads on to something that is no web address";
        break;
    case REFUSAL_IN_CIRCLES:
        text = "The address only leads from one place to the next: check "
               "that it is still right";
        break;
    case REFUSAL_LONG_HEADERS:
        text = "The server's answer made no sense to this screen";
        break;
    case REFUSAL_ELSEWHERE:
        text = "The address leads on to another server: open it in a browser, "
               "and take the address where that ends";
        break;
    case REFUSAL_SECRET:
        text = "The address is not secure, so this screen did not use it: it "
               "should begin with https://";
        break;
    }
    problem_set(why, 0, 0, "%s", text);
}

static const char *
certificate_sentence(long verify)
{
    switch (verify) {
    case VERIFY_OK:
    case VERIFY_UNSPECIFIED:
        return "The server's certificate is made out to another name: check "
               "the address, or whether a school filter answers in its place";
    case VERIFY_NOT_YET_VALID:
        return "This screen's clock is wrong: the server's certificate is not "
               "valid yet. Check the date and time";
    case VERIFY_EXPIRED:
        return "The server's certificate has expired: whoever looks after the "
               "server has to renew it";
    }
    return "The server's certificate is not one this screen knows: a school "
           "filter may need its certificate installed";
}

/* Sentences for what libcurl says; the last row is for all the rest. */
static const struct {
    CURLcode code;
    const char *text;
} sentences[] = {
    {CURLE_COULDNT_RESOLVE_HOST,
     "The address could not be found: check how it is spelt, and that this "
     "screen is on the network"},
    {CURLE_COULDNT_RESOLVE_PROXY,
     "The school's proxy could not be found: check the proxy setting"},
    {CURLE_PROXY, "The school's proxy did not let this screen through: check "
                  "the proxy setting"},
    {CURLE_COULDNT_CONNECT,
     "The server does not take calls: it may be switched off, or the network "
     "may be in the way"},
    {CURLE_OPERATION_TIMEDOUT, "The server took too long to answer"},
    {CURLE_SSL_CONNECT_ERROR,
     "No secure connection could be made: a school filter may be in the way"},
    {CURLE_SSL_CACERT_BADFILE, "The certificate file named in the settings "
                               "cannot be read: check ca_file"},
    {CURLE_RECV_ERROR,
     "The connection broke off before the answer was complete"},
    {CURLE_SEND_ERROR,
     "The connection broke off before the answer was complete"},
    {CURLE_PARTIAL_FILE,
     "The connection broke off before the answer was complete"},
    {CURLE_GOT_NOTHING,
     "The connection broke off before the answer was complete"},
    {CURLE_HTTP2, "The connection broke off before the answer was complete"},
    {CURLE_HTTP2_STREAM,
     "The connection broke off before the answer was complete"},
    {CURLE_OK, "The server's answer made no sense to this screen"},
};

static const char *
code_sentence(CURLcode code)
{
    size_t last = sizeof sentences / sizeof sentences[0] - 1;
    for (size_t i = 0; i < last; i++)
        if (sentences[i].code == code)
            return sentences[i].text;
    return sentences[last].text;
}

static const char *
proxy_sentence(long status)
{
    if (status == 407)
        return "The school's proxy wants a user name and password: check the "
               "proxy setting";
    return "The school's proxy or filter refused to let this screen through";
}

void
http_explain_failure(const struct http_failure *f, struct problem *why)
{
    const char *text;
    if (f->code == CURLE_PEER_FAILED_VERIFICATION)
        text = certificate_sentence(f->verify);
    else if (f->is_proxied && f->proxy_status >= 300)
        text = proxy_sentence(f->proxy_status);
    else if (f->is_proxied && f->code == CURLE_COULDNT_CONNECT)
        text = "The school's proxy does not take calls: check the proxy "
               "setting";
    else
        text = code_sentence(f->code);
    problem_set(why, 0, 0, "%s", text);
}

static const struct {
    int from, until; // both included
    const char *text;
} status_sentences[] = {
    {200, 299, "The server answered, but with nothing in it"},
    {300, 399,
     "This address leads on to another one: put that one into the settings"},
    {401, 401, "The server wants a user name and password"},
    {403, 403,
     "The server or a school filter refused to answer: ask whether the "
     "address is allowed"},
    {404, 404,
     "There is nothing at this address: check that it is still right"},
    {407, 407,
     "The school's proxy wants a user name and password: check the proxy "
     "setting"},
    {410, 410,
     "What was at this address has been taken away: ask for the new one"},
    {429, 429,
     "The server is being asked too often and wants to be left in "
     "peace for a while"},
    {500, 510, "The server is in trouble of its own"},
    {511, 511,
     "The network wants somebody to sign in before it lets this screen "
     "through"},
    {512, 599, "The server is in trouble of its own"},
};

void
http_explain_status(long status, struct problem *why)
{
    for (size_t i = 0; i < sizeof status_sentences / sizeof status_sentences[0];
         i++) {
        if (status < status_sentences[i].from ||
            status > status_sentences[i].until)
            continue;
        problem_set(why, 0, 0, "%s (%ld)", status_sentences[i].text, status);
        return;
    }
    problem_set(why, 0, 0,
                "The server gave an answer this screen does not "
                "understand (%ld)",
                status);
}
