#include "hub/hub_routes.h"

#include "hub/device_api.h"
#include "hub/feed.h"
#include "hub/hub.h"

/* For the proxy and for systemd: the store answers, so the hub does. */
static void
answer_health(struct hub *hub, const struct http_request *r,
              const struct route_match *m, struct http_answer *a)
{
    (void) m;
    if (hub_store_change_number(hub->store) <= 0) {
        routes_refuse(r, a, 503, "The hub cannot read its store",
                      "Look into the hub's log for the reason.");
        return;
    }
    a->status = 200;
    a->type = "text/plain; charset=utf-8";
    text_add_string(&a->body, "ok\n");
}

static void
answer_first_page(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    (void) hub, (void) r, (void) m;
    http_answer_go_to(a, "/this-week");
}

static void
answer_web_file(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    web_files_answer(&hub->files, m->values[0], r, a);
}

static const struct route rows[] = {
    {HTTP_GET, "/healthz", answer_health, ROUTE_ANYONE},
    {HTTP_GET, "/", answer_first_page, ROUTE_ANYONE},
    {HTTP_GET, "/web/{file}", answer_web_file, ROUTE_ANYONE},

    {HTTP_GET, "/feed.json", hub_feed_answer_public, ROUTE_ANYONE},
    {HTTP_GET, "/v1/feed.json", hub_feed_answer_device, ROUTE_DEVICE},
    {HTTP_PUT, "/v1/postits/{uuid}", device_api_put_postit, ROUTE_DEVICE},
    {HTTP_DELETE, "/v1/postits/{uuid}", device_api_take_back, ROUTE_DEVICE},
    {HTTP_PUT, "/v1/reactions/{target}/{uuid}", device_api_put_reaction,
     ROUTE_DEVICE},
    {HTTP_DELETE, "/v1/reactions/{target}/{uuid}", device_api_undo_reaction,
     ROUTE_DEVICE},
    {HTTP_PUT, "/v1/status", device_api_put_status, ROUTE_DEVICE},
    {HTTP_POST, "/v1/pair", device_api_begin_pairing, ROUTE_ANYONE},
    {HTTP_GET, "/v1/pair/{code}", device_api_end_pairing, ROUTE_ANYONE},
};

const struct routes hub_routes = {
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
    .device = device_api_gate,
};
