#include "hub/accounts.h"
#include "hub/html.h"
#include "hub/hub.h"

bool
accounts_sees_names(const struct hub *hub)
{
    return hub->person.number && hub->person.totp && *hub->person.totp;
}

void
accounts_add_name(struct text *t, const struct hub *hub, const char *name)
{
    if (accounts_sees_names(hub))
        html_format(t, "<bdi>%s</bdi>", name);
    else
        html_add(t, "<span class=\"soft\">a name, shown once you have "
                    "switched on codes</span>");
}

void
accounts_add_names_note(struct text *t, const struct hub *hub)
{
    if (!accounts_sees_names(hub))
        html_add(t, "<div class=\"card note\"><p>People\xE2\x80\x99s names are "
                    "not shown to you until you have switched on codes: a "
                    "password alone is too easily found out.</p>\n"
                    "<p><a class=\"button\" href=\"/account/codes\">Switch on "
                    "codes</a></p></div>\n");
}
