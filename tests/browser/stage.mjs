// What the walks through the hub's pages share: Chromium, lines of TAP, and
// what is held to be true of every page whoever opens it and at any width.

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// They are installed below build/, where the tree stays clean.
const installed = createRequire(join(process.cwd(), 'build/browser/'));
const { chromium } = installed('playwright-core');
const axe = readFileSync(installed.resolve('axe-core/axe.min.js'), 'utf8');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];

let failures = 0;

export function says(what, wanted, got) {
  const is_good = String(wanted) === String(got);
  console.log(`${is_good ? 'ok' : 'not ok'} ${what}`);
  if (!is_good) {
    failures++;
    console.log(`# wanted: ${wanted}\n# got:    ${got}`);
  }
  return is_good;
}

export function finish() {
  process.exitCode = failures ? 1 : 0;
}

export class Stage {
  // `width`: of the window; `pictures`: a folder for them, or "".
  static async open(address, width, pictures) {
    const stage = new Stage();
    Object.assign(stage, { address, width, pictures, looks: 0, ran: [] });
    if (pictures)
      mkdirSync(pictures, { recursive: true });
    stage.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      // Nobody but root may be without its sandbox.
      chromiumSandbox: process.getuid() !== 0,
      args: ['--disable-gpu', '--force-color-profile=srgb', '--lang=en-GB'],
    });
    stage.context = await stage.browser.newContext({
      viewport: { width, height: width < 600 ? 844 : 900 },
      hasTouch: width < 600,
      isMobile: width < 600,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      acceptDownloads: true,
    });
    // A page of ours has no business running what somebody typed; what would
    // be stopped by the policy is a fault of the page all the same.
    await stage.context.addInitScript(() => {
      window.ran = [];
      for (const name of ['alert', 'confirm', 'prompt'])
        window[name] = () => window.ran.push(name);
      document.addEventListener('securitypolicyviolation',
        e => window.ran.push(`${e.violatedDirective} ${e.blockedURI}`));
    });
    stage.page = await stage.context.newPage();
    stage.page.setDefaultTimeout(40000);
    stage.page.on('dialog', d => { stage.ran.push(d.type()); d.dismiss(); });
    stage.page.on('pageerror', e => stage.ran.push(e.message));
    return stage;
  }

  async close() {
    await this.browser.close();
  }

  async visit(path) {
    const answer = await this.page.goto(this.address + path);
    return answer.status();
  }

  // Everything that is true of every page, and a picture of it.
  async look(name) {
    this.looks++;
    const number = String(this.looks).padStart(2, '0');
    // axe comes in beside the page: its policy lets no script of ours in.
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(
      tags => window.axe.run({ runOnly: tags }), WCAG);
    says(`${name}, ${this.width} px: nothing for axe to say`, '',
      found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).slice(0, 3)}`)
        .join('; '));
    says(`${name}, ${this.width} px: no wider than the window`, true,
      await this.page.evaluate(() =>
        document.scrollingElement.scrollWidth <= innerWidth));
    says(`${name}, ${this.width} px: runs nothing that was typed`, '',
      [...this.ran, ...await this.page.evaluate(() => window.ran)].join('; '));
    const shot = await this.page.screenshot({
      fullPage: true,
      path: this.pictures
        ? join(this.pictures, `${number}-${name.replace(/\W+/g, '-')}-${this.width}.png`)
        : undefined,
    });
    // A page without its style or its fonts is small, a blank one smaller.
    says(`${name}, ${this.width} px: is drawn`, true, shot.length > 8000);
  }

  // Whether the page says these words, soon: a busy machine turns pages slowly.
  async has(words) {
    for (let tries = 0; tries < 20; tries++) {
      const text = await this.page.locator('body').innerText().catch(() => '');
      if (text.replace(/\s+/g, ' ').includes(words))
        return true;
      await this.page.waitForTimeout(200);
    }
    return false;
  }

  // The same, now.
  async shows(name) {
    await this.page.waitForLoadState('networkidle');
    return await this.page.getByRole('link', { name, exact: true })
      .or(this.page.getByRole('button', { name, exact: true })).count() > 0;
  }

  async fill(label, value) {
    await this.page.getByLabel(label, { exact: true }).first().fill(value);
  }

  async press(name, within = this.page) {
    await within.getByRole('button', { name, exact: true }).click();
  }

  async follow(name, within = this.page) {
    await within.getByRole('link', { name, exact: true }).first().click();
  }
}

// ---- what a screen says to the hub ------------------------------------------

export class Screen {
  constructor(address) {
    this.address = address;
    this.secret = randomBytes(32).toString('base64url');
  }

  async ask(method, path, body, token) {
    return fetch(this.address + path, {
      method,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      body: body && JSON.stringify(body),
    });
  }

  // The letters that are on it now.
  async letters() {
    const answer = await this.ask('POST', '/v1/pair', { secret: this.secret });
    this.code = (await answer.json()).code;
    return this.code;
  }

  // Once somebody has typed them.
  async pair() {
    const answer = await this.ask('GET', `/v1/pair/${this.code}`, null, this.secret);
    this.token = (await answer.json()).token;
    return answer.status;
  }

  async post(words, more = {}) {
    const id = more.id || randomUUID();
    const answer = await this.ask('PUT', `/v1/postits/${id}`,
      { sort: 'idea', colour: 'yellow', text: words, author: '', ...more, id: undefined },
      this.token);
    return { id, status: answer.status };
  }

  async feed() {
    return (await this.ask('GET', '/v1/feed.json', null, this.token)).json();
  }
}

// ---- codes (RFC 6238) -------------------------------------------------------

export function code_now(base32, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of base32.replace(/[^A-Z2-7]/g, ''))
    bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}
