// Somebody who means harm fills in every field there is:
//
//   strange.mjs ADDRESS PATH [FOLDER]
//
// Every page that links lead to is opened, every form on it is filled with
// what a browser would run if a page let it, and sent; then every page is
// opened again. Nothing may run, not even up to where the policy stops it.

import { Stage, Screen, says, finish } from './stage.mjs';

const [address, first, pictures = ''] = process.argv.slice(2);
const stage = await Stage.open(address, 1280, pictures);
const { page } = stage;
const password = 'seven quiet kettles';

// As short as names must be, and long enough to be what they are.
const HOSTILE = [
  '<img src=x class=strange onerror=ran.push(1)>',
  '"><svg class=strange onload=ran.push(2)>',
  '\' autofocus onfocus=ran.push(3) class=strange',
  '</textarea><script class=strange>ran.push(4)</script>',
  '</title></style><a class=strange href=javascript:ran.push(5)>',
  '&lt;b class=strange&gt;{{7*7}}${7*7}%3Cb%3E\\u003cb\\u003e',
];
const ADDRESS = 'https://x.example/"onmouseover=ran.push(6)//<b class=strange>';

// What must not be pressed while others are still being tried.
const LEFT_ALONE = /sign-out|\/account|\/remove|\/erase|\/restore|password/;

let pressed = 0, filled = 0, opened = 0;
const ill = new Set();

async function judge(where) {
  const found = await page.evaluate(() => ({
    ran: window.ran || [],
    strange: document.querySelectorAll('.strange').length,
    links: [...document.links].filter(a => !/^(https?|mailto):$/.test(a.protocol))
      .map(a => a.protocol),
    handlers: [...document.querySelectorAll('*')].filter(e =>
      [...e.attributes].some(a => a.name.startsWith('on'))).length,
  }));
  if (found.ran.length || found.strange || found.links.length || found.handlers ||
      stage.ran.length)
    ill.add(`${where}: ${JSON.stringify(found)} ${stage.ran.join()}`);
  stage.ran.length = 0;
}

const shape = path => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, 'N')
  .replace(/=[^&]*/g, '=…');

async function open(path) {
  const answer = await page.goto(address + path).catch(e => e);
  if (answer instanceof Error) // a download
    return false;
  opened++;
  await judge(path);
  return (answer.headers()['content-type'] || '').startsWith('text/html');
}

async function fill(form, turn) {
  for (const field of await form.locator('input, textarea, select').all()) {
    const type = await field.evaluate(e => e.localName === 'input' ? e.type : e.localName);
    if (!await field.isVisible() || !await field.isEditable())
      continue;
    const most = Number(await field.getAttribute('maxlength')) || 9999;
    if (type === 'text' || type === 'search' || type === 'textarea') {
      await field.fill(HOSTILE[(filled + turn) % HOSTILE.length].slice(0, most));
      filled++;
    } else if (type === 'url') {
      await field.fill(ADDRESS.slice(0, most));
      filled++;
    } else if (type === 'date') {
      await field.fill(new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10));
    } else if (type === 'time') {
      await field.fill('15:45');
    } else if (type === 'password') {
      await field.fill(password);
    } else if (type === 'select') {
      await field.selectOption({ index: turn % await field.locator('option').count() });
    } else if (type === 'checkbox' && turn % 2) {
      await field.check();
    }
  }
}

// The hub's own fields first, so that the pages below have something to show.
await stage.visit(first);
await stage.fill('Your name', 'Ma"><b class=strange>ria');
await stage.fill('A password', password);
await stage.fill('The password again', password);
await stage.fill('Its name', HOSTILE[0]);
await page.getByLabel('Its schools').fill([HOSTILE[1], HOSTILE[2]].join('\n'));
await stage.press('Set up the hub');
await judge('set-up');

// And what a screen can say, which somebody may have stolen the token of.
const screen = new Screen(address);
await screen.letters();
await stage.follow('Add a screen');
await stage.fill(/^The eight letters/, screen.code);
await stage.fill('A name for the screen', HOSTILE[3]);
await page.getByLabel('Its school', { exact: true }).selectOption({ index: 1 });
await stage.press('Add it');
says('the screen with the strange name is added', 200, await screen.pair());
for (const [i, words] of HOSTILE.entries())
  await screen.post(words, { author: HOSTILE[(i + 1) % HOSTILE.length].slice(0, 40) });
await screen.ask('PUT', '/v1/status', { revision: 1, version: HOSTILE[0].slice(0, 30),
  size: '"><b class=strange>', unsent: 1, clock: 'doubtful', disk_free_mb: 1 },
screen.token);

for (const turn of [0, 1]) {
  const queue = ['/this-week'], seen = new Set(), sent = new Set();
  while (queue.length && opened < 400) {
    const path = queue.shift();
    if (!await open(path))
      continue;
    for (const link of await page.evaluate(() => [...document.links].map(a => a.href))) {
      const to = new URL(link);
      if (to.origin !== address || LEFT_ALONE.test(to.pathname))
        continue;
      if (!seen.has(shape(to.pathname + to.search))) {
        seen.add(shape(to.pathname + to.search));
        queue.push(to.pathname + to.search);
      }
    }
    // How many there are changes with what they do.
    for (let i = 0; i < await page.locator('form').count(); i++) {
      const form = page.locator('form').nth(i);
      const action = new URL(await form.evaluate(e => e.action));
      const fields = await form.evaluate(e => [...e.elements].map(f => f.name).join());
      const kind = shape(action.pathname) + fields;
      if (LEFT_ALONE.test(action.pathname) || sent.has(kind))
        continue;
      sent.add(kind);
      const button = form.locator('button').first();
      if (!await button.count() || !await button.isVisible())
        continue;
      await fill(form, turn);
      await form.evaluate(e => { e.noValidate = true; });
      await button.click();
      await page.waitForLoadState();
      pressed++;
      await judge(`${action.pathname} from ${path}`);
      const anyway = page.getByLabel('Save it all the same');
      if (await anyway.count()) {
        await anyway.check();
        await page.locator('form', { has: anyway }).getByRole('button', { name: 'Save' }).click();
        await judge(`${action.pathname} all the same`);
      }
      if (!await open(path))
        break;
    }
  }
}
says('whatever was typed, no page runs it', '', [...ill].slice(0, 5).join('\n'));
const saved = JSON.stringify(await screen.feed());
says('and it was really saved, as words', true,
  saved.includes('class=strange') && saved.includes('onerror'));
says(`enough was tried (${opened} pages, ${pressed} forms, ${filled} fields)`, true,
  opened > 30 && pressed > 10 && filled > 20);
finish();
await stage.close();
