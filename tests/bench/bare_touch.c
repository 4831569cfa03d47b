// libs: -lSDL2
/*
 * The least a program can do with SDL when it is touched: a window as large as
 * the screen, and a square of the size of a key that changes its colour under
 * the finger. What X and SDL cost alone, for `make bench`. Same hints as the
 * kiosk.
 */
#include <stdbool.h>
#include <stdio.h>

#include <SDL2/SDL.h>

#define KEY_W 160
#define KEY_H 110

static int
complain(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, SDL_GetError());
    return 1;
}

int
main(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO))
        return complain("starting");
    SDL_Rect screen;
    if (SDL_GetDisplayBounds(0, &screen))
        return complain("the screen");
    SDL_Window *window = SDL_CreateWindow("bare", screen.x, screen.y, screen.w,
                                          screen.h, SDL_WINDOW_BORDERLESS);
    SDL_Surface *picture = window ? SDL_GetWindowSurface(window) : NULL;
    if (!picture)
        return complain("the window");
    SDL_ShowCursor(SDL_DISABLE);
    SDL_FillRect(picture, NULL, SDL_MapRGB(picture->format, 250, 247, 240));
    SDL_UpdateWindowSurface(window);

    SDL_Event event;
    bool is_dark = false;
    while (SDL_WaitEvent(&event) && event.type != SDL_QUIT) {
        if (event.type != SDL_MOUSEBUTTONDOWN)
            continue;
        SDL_Rect key = {event.button.x - KEY_W / 2, event.button.y - KEY_H / 2,
                        KEY_W, KEY_H};
        Uint8 grey = is_dark ? 250 : 60;
        is_dark = !is_dark;
        SDL_FillRect(picture, &key,
                     SDL_MapRGB(picture->format, grey, grey, grey));
        SDL_UpdateWindowSurfaceRects(window, &key, 1);
    }
    SDL_DestroyWindow(window);
    SDL_Quit();
    return 0;
}
