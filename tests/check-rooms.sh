#!/bin/sh
# The architecture, as a test: who may include whom, which file alone knows a
# library, and what nobody calls. src/README.md draws the same picture for
# people. Prints every breach as file:line; silence is success.

may_include='
src/base/             base
src/core/             base core
src/view/             base core view
src/io/               base core io
src/sdl/              base view sdl
src/kiosk/worker      base core io kiosk
src/kiosk/local_      base core kiosk
src/kiosk/            base core view io sdl kiosk
src/hub/              base core io hub
src/calendar/         base core calendar
'
only_here='
<(SDL2/)?SDL                                    ^src/sdl/
<(SDL2/)?SDL_image                              ^src/sdl/photos\.
<(SDL2/)?SDL_ttf                                ^src/sdl/
<(libdrm/)?(drm|xf86drm)                        ^src/sdl/(dpms|first_light)\.
<(fribidi/)?fribidi                             ^src/sdl/text_run\.
<uni(case|conv|ctype|gbrk|lbrk|name|norm|str|types|wbrk|width)\.h   ^src/base/utf8\.
<curl/                                          ^src/io/http_
<(cjson/)?cJSON\.h                              ^src/core/feed_(json|write)\.
<ini\.h                                         ^src/core/config\.
<qrencode                                       ^src/core/qr\.
<pthread\.h                                     ^src/base/thread\.
<sqlite3\.h                                     ^src/io/(db|[a-z_]*_store)
<microhttpd\.h                                  ^src/hub/server[._]
<sodium                                         ^src/hub/secret\.
<qrencode\.h                                    ^src/core/qr\.
<(liboath/)?oath\.h                             ^src/hub/totp\.
<libical/                                       ^src/calendar/rule\.
'
clocks='\<(time|clock_gettime|gettimeofday|localtime(_r)?|SDL_GetTicks(64)?) *\('
banned='\<(v?sprintf|strn?cpy|strn?cat|strtok|ato[ifl]l?|gets|alloca) *\('

wrong_rooms() {
    for f in src/*/*.[ch]; do
        # The first row that is a prefix of the file decides; a room that is in
        # no row may include nothing, which is how a new one is noticed.
        may=$(echo "$may_include" | while read -r at rooms; do
            case "$f" in "${at:-none}"*) echo "$rooms"; break ;; esac
        done)
        grep -noE '^ *# *include "[^"]*"' "$f" | while IFS=: read -r line inc; do
            path=${inc#*\"}; path=${path%\"}; room=${path%%/*}
            [ -e "src/$path" ] || echo "$f:$line: no such file: src/$path"
            case " $may " in
            *" $room "*) ;;
            *) echo "$f:$line: may not include $room/" ;;
            esac
        done
    done
}

wrong_libraries() {
    echo "$only_here" | while read -r header place; do
        [ -n "$header" ] || continue
        grep -rnE "^ *# *include $header" src | grep -vE "$place" |
            sed "s@\$@   (only $place)@" # a place may hold |
    done
}

wrong_calls() {
    grep -rnE "$clocks" src --include='*.c' | grep -v '^src/base/clock\.' |
        sed 's|$|   (only src/base/clock reads a clock)|'
    grep -rnE "$banned" src tests --include='*.[ch]' |
        sed 's|$|   (banned: no bound, or no way to see an error)|'
}

{
    wrong_rooms
    wrong_libraries
    wrong_calls
} | sort -u | { ! grep . ; }
