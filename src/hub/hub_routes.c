#include "hub/hub_routes.h"

#include "hub/accounts.h"
#include "hub/book_page.h"
#include "hub/calendars_page.h"
#include "hub/device_api.h"
#include "hub/erase_page.h"
#include "hub/export_page.h"
#include "hub/feed.h"
#include "hub/history_page.h"
#include "hub/hub.h"
#include "hub/ideas_page.h"
#include "hub/meetings_page.h"
#include "hub/page.h"
#include "hub/partnership_page.h"
#include "hub/people_page.h"
#include "hub/phone_page.h"
#include "hub/postits_page.h"
#include "hub/preview_page.h"
#include "hub/purpose_page.h"
#include "hub/scrapbook_page.h"
#include "hub/screens_page.h"
#include "hub/this_week_page.h"
#include "hub/thursday_page.h"

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

static void
answer_photo(struct hub *hub, const struct http_request *r,
             const struct route_match *m, struct http_answer *a)
{
    web_files_answer(&hub->photos, m->values[0], r, a);
}

static const struct route rows[] = {
    {HTTP_GET, "/healthz", answer_health, ROUTE_ANYONE},
    {HTTP_GET, "/", answer_first_page, ROUTE_ANYONE},
    {HTTP_GET, "/web/{file}", answer_web_file, ROUTE_ANYONE},
    {HTTP_GET, "/photos/{file}", answer_photo, ROUTE_ANYONE},

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

    {HTTP_GET, "/post/{token}", phone_page_show, ROUTE_ANYONE},
    {HTTP_POST, "/post/{token}", phone_page_post, ROUTE_ANYONE},
    {HTTP_GET, "/post/{token}/{uuid}", phone_page_show, ROUTE_ANYONE},
    {HTTP_POST, "/post/{token}/{uuid}", phone_page_take_back, ROUTE_ANYONE},

    {HTTP_GET, "/set-up/{secret}", accounts_show_set_up, ROUTE_ANYONE},
    {HTTP_POST, "/set-up/{secret}", accounts_set_up, ROUTE_ANYONE},
    {HTTP_GET, "/sign-in", accounts_show_sign_in, ROUTE_ANYONE},
    {HTTP_POST, "/sign-in", accounts_sign_in, ROUTE_ANYONE},
    {HTTP_POST, "/sign-out", accounts_sign_out, ROUTE_SIGNED_IN},
    {HTTP_GET, "/welcome/{secret}", accounts_show_join, ROUTE_ANYONE},
    {HTTP_POST, "/welcome/{secret}", accounts_join, ROUTE_ANYONE},
    {HTTP_GET, "/account", accounts_show_account, ROUTE_SIGNED_IN},
    {HTTP_POST, "/account/others", accounts_end_others, ROUTE_SIGNED_IN},
    {HTTP_GET, "/account/password", accounts_show_password, ROUTE_SIGNED_IN},
    {HTTP_POST, "/account/password", accounts_change_password, ROUTE_SIGNED_IN},
    {HTTP_GET, "/account/codes", accounts_show_codes, ROUTE_SIGNED_IN},
    {HTTP_POST, "/account/codes", accounts_change_codes, ROUTE_SIGNED_IN},
    {HTTP_GET, "/account/qr.svg", accounts_draw_key, ROUTE_SIGNED_IN},
    {HTTP_GET, "/account/recovery", accounts_show_recovery, ROUTE_SIGNED_IN},
    {HTTP_POST, "/account/recovery", accounts_renew_recovery, ROUTE_SIGNED_IN},

    {HTTP_GET, "/people", people_page_show, ROUTE_SIGNED_IN},
    {HTTP_POST, "/people", people_page_invite, ROUTE_SIGNED_IN},
    {HTTP_GET, "/people/{number}", people_page_show_one, ROUTE_SIGNED_IN},
    {HTTP_POST, "/people/{number}", people_page_change, ROUTE_SIGNED_IN},
    {HTTP_POST, "/people/invitations/{number}", people_page_withdraw,
     ROUTE_SIGNED_IN},

    {HTTP_GET, "/this-week", this_week_page_show, ROUTE_SIGNED_IN},
    {HTTP_GET, "/preview/{number}/{number}/{screen}/{number}",
     preview_page_picture, ROUTE_SIGNED_IN},
    {HTTP_GET, "/postits", postits_page_show, ROUTE_SIGNED_IN},
    {HTTP_POST, "/postits/{uuid}", postits_page_moderate, ROUTE_SIGNED_IN},
    {HTTP_GET, "/screens", screens_page_show, ROUTE_SIGNED_IN},
    {HTTP_GET, "/screens/add", screens_page_show_add, ROUTE_SIGNED_IN},
    {HTTP_POST, "/screens/add", screens_page_add, ROUTE_SIGNED_IN},
    {HTTP_GET, "/screens/{number}/remove", screens_page_ask_remove,
     ROUTE_SIGNED_IN},
    {HTTP_POST, "/screens/{number}/remove", screens_page_remove,
     ROUTE_SIGNED_IN},

    {HTTP_GET, "/thinking-thursday", thursday_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/thinking-thursday", thursday_page_post, ROUTE_SIGNED_IN},
    {HTTP_GET, "/ideas", ideas_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/ideas", ideas_page_post, ROUTE_SIGNED_IN},
    {HTTP_GET, "/meetings", meetings_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/meetings", meetings_page_post, ROUTE_SIGNED_IN},
    {HTTP_GET, "/meetings/calendars", calendars_page_show_add, ROUTE_SIGNED_IN},
    {HTTP_POST, "/meetings/calendars", calendars_page_add, ROUTE_SIGNED_IN},
    {HTTP_GET, "/meetings/calendars/{number}", calendars_page_show_change,
     ROUTE_SIGNED_IN},
    {HTTP_POST, "/meetings/calendars/{number}", calendars_page_change,
     ROUTE_SIGNED_IN},
    {HTTP_GET, "/purpose", purpose_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/purpose", purpose_page_post, ROUTE_SIGNED_IN},
    {HTTP_GET, "/scrapbook", scrapbook_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/scrapbook", scrapbook_page_post, ROUTE_SIGNED_IN},
    {HTTP_GET, "/scrapbook/book", book_page_show, ROUTE_SIGNED_IN},
    {HTTP_GET, "/partnership", partnership_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/partnership", partnership_page_post, ROUTE_SIGNED_IN},
    {HTTP_POST, "/partnership/moderation", partnership_page_moderate,
     ROUTE_SIGNED_IN},
    {HTTP_GET, "/export", export_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/export/{what}", export_page_take, ROUTE_SIGNED_IN},
    {HTTP_GET, "/erase", erase_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/erase", erase_page_post, ROUTE_SIGNED_IN},
    {HTTP_GET, "/history", history_page_get, ROUTE_SIGNED_IN},
    {HTTP_POST, "/history", history_page_post, ROUTE_SIGNED_IN},
};

const struct routes hub_routes = {
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
    .device = device_api_gate,
    .signed_in = page_gate,
};
