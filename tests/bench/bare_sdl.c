// libs: -lSDL2_ttf -lSDL2
/*
 * The least a program can do with SDL and still show a sentence: a borderless
 * window as large as the screen, its own surface filled, one line of text. The
 * floor that `make bench` measures the kiosk against. Same hints as the kiosk.
 */
#include <stdio.h>

#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>

static int
complain(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, SDL_GetError());
    return 1;
}

int
main(int argc, char **argv)
{
    const char *font_file = argc > 1 ? argv[1] : "";
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) || TTF_Init())
        return complain("starting");
    SDL_Rect screen;
    if (SDL_GetDisplayBounds(0, &screen))
        return complain("the screen");
    SDL_Window *window = SDL_CreateWindow("bare", screen.x, screen.y, screen.w,
                                          screen.h, SDL_WINDOW_BORDERLESS);
    TTF_Font *font = TTF_OpenFont(font_file, screen.h / 10);
    SDL_Surface *picture = window ? SDL_GetWindowSurface(window) : NULL;
    if (!picture || !font)
        return complain("the window or the font");

    SDL_Color ink = {0x20, 0x20, 0x20, 0xff};
    SDL_Surface *text = TTF_RenderUTF8_Blended(font, "Every child known", ink);
    SDL_FillRect(picture, NULL, SDL_MapRGB(picture->format, 250, 247, 240));
    SDL_Rect middle = {screen.w / 10, screen.h * 9 / 20, 0, 0};
    SDL_BlitSurface(text, NULL, picture, &middle);
    SDL_UpdateWindowSurface(window);

    SDL_Event event;
    while (SDL_WaitEvent(&event) && event.type != SDL_QUIT)
        ;
    SDL_FreeSurface(text);
    TTF_CloseFont(font);
    SDL_DestroyWindow(window);
    TTF_Quit();
    SDL_Quit();
    return 0;
}
