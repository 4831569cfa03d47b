// A coordinator's whole week with a new hub, in a browser:
//
//   week.mjs ADDRESS PATH WIDTH [FOLDER]
//
// PATH is the one-time address of the set-up page, FOLDER gets pictures. Each
// page is held to stage.mjs's `look` the first time it is seen.

import { Stage, Screen, code_now, says, finish } from './stage.mjs';

const [address, first, width, pictures = ''] = process.argv.slice(2);
const stage = await Stage.open(address, Number(width), pictures);
const { page } = stage;
const screen = new Screen(address);
const password = 'seven quiet kettles';

const heading = () => page.locator('h1').innerText();
const in_days = days =>
  new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
// The first Thursday after that many days.
const thursday = days => {
  const day = new Date(Date.now() + days * 86400000);
  day.setUTCDate(day.getUTCDate() + (11 - day.getUTCDay()) % 7);
  return day.toISOString().slice(0, 10);
};
// On a phone the navigation is folded away.
async function go_to(path) {
  const link = page.locator(`header a[href="${path}"]`).locator('visible=true');
  if (!await link.count())
    await page.locator('nav summary, header summary').locator('visible=true').first().click();
  await link.first().click();
}
const post_it = words => page.locator('article', { hasText: words });

async function sign_in(name, code) {
  await stage.fill('Your name', name);
  await stage.fill('Password', password);
  if (code)
    await stage.fill('Code from your phone', code);
  await stage.press('Sign in');
}

// ---- Monday: a new hub, and its first screen ---------------------------------

await stage.visit(first);
await stage.look('set-up');
await stage.fill('Your name', 'Maria');
await stage.fill('A password', password);
await stage.fill('The password again', 'another one');
await stage.fill('Its name', 'Northside Learning Partnership');
await page.getByLabel('Its schools').fill('Hillcrest Primary\nSt Aidan’s');
await stage.press('Set up the hub');
says('two passwords that differ are noticed', true,
  await page.locator('[aria-invalid="true"]').count() > 0);
await stage.look('set-up with a mistake');
await stage.fill('A password', password);
await stage.fill('The password again', password);
await stage.press('Set up the hub');
says('the hub is set up and asks for a screen', 'Screens', await heading());
await stage.look('no screen yet');

await go_to('/account');
await stage.look('your account');
await stage.visit('/account/codes');
await stage.look('codes');
const key = await page.locator('.secret code').first().textContent();
await stage.fill('Code from your phone', code_now(key));
await stage.fill('Your own password', password);
await stage.press('Switch on codes');
const recovery = (await page.locator('body').innerText())
  .match(/[A-Z0-9]{4}(-[A-Z0-9]{4}){3,}/g) || [];
says('ten recovery codes come with it', 10, recovery.length);
await stage.look('recovery codes');
await go_to('/screens');

await stage.follow('Add a screen');
await stage.look('add a screen');
await stage.fill(/^The eight letters/, 'BCDFGHJK');
await stage.fill('A name for the screen', 'Hillcrest staffroom');
await page.getByLabel('Its school', { exact: true }).selectOption('Hillcrest Primary');
await stage.press('Add it');
says('letters that no screen shows are refused', true,
  await page.locator('#code-wrong').isVisible());
await stage.fill(/^The eight letters/,
  (await screen.letters()).toLowerCase());
await stage.press('Add it');
says('the letters on it add a screen', true, await stage.has('Hillcrest staffroom'));
says('which gets its token', 200, await screen.pair());
await stage.look('one screen');

// A post-it by phone: the address behind the code on the screen.
const status = await screen.ask('PUT', '/v1/status', { revision: 1, shown_since:
  new Date().toISOString(), version: '0.1.0', size: '1920x1080', unsent: 0,
clock: 'trusted', disk_free_mb: 9000 }, screen.token);
const { post_page } = await status.json();
const phone = await Stage.open(address, 390, pictures);
phone.looks = 80;
await phone.visit(post_page);
await phone.look('write on a phone');
await phone.fill('Your post-it', 'Read to them after lunch, lights low.');
await phone.fill('Your name, if you like', 'Zoë');
await phone.press('Post it');
says('a phone’s post-it is on its way', true, await phone.has('It is on its way'));
await phone.look('thank you');
await phone.close();

// ---- Tuesday: what the staffroom has written ---------------------------------

const mystery = await screen.post('Start maths with one strange photo.',
  { author: 'Jo, Y5' });
const grumble = await screen.post('Whose mug is this?', { sort: 'disturbance', colour: 'blue' });
const local = await screen.post('Cake in the staffroom at four.', { sort: 'delight', colour: 'pink' });
says('three post-its came in', '201 201 201',
  [mystery, grumble, local].map(p => p.status).join(' '));
await go_to('/this-week');
await stage.look('this week, four wait');
await go_to('/postits');
await stage.look('post-its, four wait');
says('she sees who wrote it', true, await stage.has('from Zoë'));
await stage.press('Share with all schools', post_it('strange photo'));
says('one is shared', true, await stage.has('on the screens of all schools'));
await stage.press('Keep at Hillcrest Primary', post_it('Cake'));
await stage.press('Take down', post_it('Whose mug'));
says('taking down asks first', 'Take this post-it down?', await heading());
await stage.look('take this one down');
await stage.press('Take it down');
const shared = await (await fetch(address + '/feed.json')).text();
says('the world sees the one that was shared, without its name', 'true false false false',
  [shared.includes('strange photo'), shared.includes('Jo, Y5'),
    shared.includes('Cake'), shared.includes('Whose mug')].join(' '));

// ---- Wednesday: Thursday's question, by phone on the bus ---------------------

await go_to('/thinking-thursday');
await stage.look('no question yet');
await stage.fill('Question', 'What do our quietest pupils know that we haven’t found a way to ask?');
await stage.fill('Thursday', thursday(0));
await stage.fill('Who asks', 'Priya, Year 4');
await stage.fill('Who asks next', 'Tom');
await stage.press('Save');
says('the question is saved', true, await stage.has('Saved'));
says('and the screen has it at once', true,
  JSON.stringify(await screen.feed()).includes('quietest pupils'));
await stage.fill('Question', 'Twelve words more than a wall can hold. '.repeat(14));
await stage.fill('Thursday', thursday(7));
await stage.press('Save');
says('one that is too long is warned of', true,
  await page.getByLabel('Save it all the same').isVisible());
await stage.look('a question that is too long');

// ---- Thursday: an idea and a meeting -----------------------------------------

await go_to('/ideas');
await stage.look('no idea yet');
await stage.fill('Title', 'Two-minute mysteries');
await stage.fill('The idea', 'Start maths with one strange photo and two minutes of guessing.');
await stage.fill('Whose idea', 'Danielle');
await page.getByLabel('School', { exact: true }).selectOption('St Aidan’s');
await stage.fill('Next step', 'TeachMeet, 3 December');
await stage.press('Save');
says('the idea is saved', true, await stage.has('Two-minute mysteries'));
await stage.look('one idea');
await go_to('/meetings');
await stage.look('no meeting yet');
await stage.fill('Title', 'Twice-termly learning meeting');
await stage.fill('Date', in_days(8));
await stage.fill('Starts at', '15:45');
await stage.fill('Ends at', '17:00');
await stage.fill('Place', 'Library, Hillcrest Primary');
await stage.press('Save');
await stage.look('one meeting');
await go_to('/purpose');
await stage.fill('Statement', 'Every child known. Every practice shared.');
await page.getByLabel('Priorities').fill('Reading for joy\nMaths talk\nTime to think');
await stage.press('Save');
await stage.look('the purpose');

await go_to('/postits');
await stage.look('post-its, one shared');
await post_it('strange photo').getByRole('link', { name: /^Keep it in the scrapbook/ }).click();
says('a page of the scrapbook begins with its words', true,
  (await page.getByLabel('Title', { exact: true }).inputValue()).includes('strange photo'));
await stage.fill('Title', 'A year of mysteries');
await stage.fill('Words', 'It began with one strange photo on a Monday morning.');
await stage.press('Save');
await go_to('/scrapbook');
await stage.look('the scrapbook');
await stage.follow('Print it as a book');
says('the book has a page for it', true, await stage.has('A year of mysteries'));
await stage.look('the book');

// ---- Friday: a mistake, a look back, and good night --------------------------

await stage.visit('/this-week');
await go_to('/ideas');
await page.getByRole('link', { name: /^Edit/ }).first().click();
await stage.look('an idea again');
await page.getByRole('button', { name: /^Delete/ }).first().click();
says('the idea is gone', false,
  (await (await fetch(address + '/feed.json')).text()).includes('Two-minute mysteries'));
await go_to('/history');
await stage.look('history');
await page.getByRole('button', { name: /^Go back to how it was/ }).first().click();
says('and is back', true,
  (await (await fetch(address + '/feed.json')).text()).includes('Two-minute mysteries'));

// What the screens will show, drawn by their own program.
await go_to('/this-week');
await stage.fill('Day', thursday(0));
await stage.fill('Time', '10:42');
await stage.press('Show the slides');
for (let tries = 0; tries < 5 && await stage.shows('Look again'); tries++)
  await stage.follow('Look again');
await page.waitForLoadState('networkidle');
says('the slides of Thursday are drawn', true, await page.evaluate(() => {
  const slides = [...document.querySelectorAll('.slides img')];
  return slides.length > 2 && slides.every(s => s.complete && s.naturalWidth > 0);
}));
await stage.look('this week with slides');

// ---- Saturday: the partnership, and somebody to help --------------------------

await go_to('/partnership');
await stage.look('the partnership');
await page.getByLabel('Schools to add').fill('Moor Lane School');
await stage.press('Save');
says('another school is in', true, await stage.has('Moor Lane School'));
await page.getByLabel('Term 1, first day').fill(in_days(-30));
await page.getByLabel('Term 1, last day').fill(in_days(5));
await stage.press('Save');
await go_to('/this-week');
says('the next term dates are asked for', true,
  await stage.has('The last term date here is'));
await stage.look('the last days of term');
await go_to('/people');
await stage.look('people');
await stage.fill('Their name', 'Sam');
await stage.fill('Your own password', password);
await stage.press('Make an address');
const invitation = new URL((await page.locator('#address').inputValue()).trim());
await stage.look('an invitation');
const sam = await Stage.open(address, Number(width), pictures);
sam.looks = 90;
await sam.visit(invitation.pathname);
await sam.look('welcome');
await sam.fill('A password', 'five loud lanterns');
await sam.fill('The password again', 'five loud lanterns');
await sam.press('Use this password');
says('Sam is in', true, await sam.has('Your account'));
says('but not where coordinators go', 403, await sam.visit('/people'));
says('nor does Sam see names', false,
  await sam.visit('/postits') === 200 && await sam.has('Jo, Y5'));
await sam.look('a moderator’s post-its');
await sam.close();
says('the invitation is used up', 404,
  (await fetch(address + invitation.pathname)).status);

// ---- Sunday: somebody leaves, and asks to be forgotten -------------------------

await go_to('/partnership');
await page.locator('a[href="/export"]').first().click();
await stage.look('exports');
const [download] = await Promise.all([page.waitForEvent('download'),
  page.locator('main form button').first().click()]);
says('everything can be taken away', true,
  /\d{4}-\d{2}-\d{2}/.test(download.suggestedFilename()));
await stage.visit('/erase');
await stage.look('erase a name');
await stage.fill('The name', 'Danielle');
await stage.press('Look for it');
await stage.look('what was found');
await page.locator('button[name="erase"]').click();
await stage.look('erased');
says('her name is nowhere on the board', false,
  JSON.stringify(await screen.feed()).includes('Danielle'));

// ---- and Monday again: signing in with a code ----------------------------------

await page.getByRole('button', { name: 'Sign out', exact: true }).locator('visible=true').or(
  page.locator('header summary').locator('visible=true')).first().click();
if (await page.getByRole('button', { name: 'Sign out', exact: true }).locator('visible=true').count())
  await page.getByRole('button', { name: 'Sign out', exact: true }).locator('visible=true').first().click();
await page.waitForURL('**/sign-in*');
await stage.look('sign in');
await sign_in('Maria');
says('a password alone does not do', true, new URL(page.url()).pathname === '/sign-in');
await sign_in('Maria', recovery[0]);
says('a recovery code does, once', true, await stage.has('used up now'));
await stage.look('in with a recovery code');
finish();
await stage.close();
