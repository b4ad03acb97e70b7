import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { picture } from '../support/pictures.js';
import { DESKTOP, launchBrowser, type Look, PATIENCE, PHONE, Visitor } from './browser.js';
import { type Product, startProduct } from './product.js';
import { textsOf } from './texts.js';

const PASSWORD = 'correct horse battery';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const LOOKS: [
  string,
  Partial<Look>,
  { owner: string; guest: string; group: string; question: string; phones: string },
][] = [
  [
    'on a phone, in Chinese',
    { viewport: PHONE, language: 'zh-CN' },
    {
      owner: '小满',
      guest: '阿青',
      group: '每天早起跑步',
      question: '你们怎么起得这么早？',
      phones: '1370000000',
    },
  ],
  [
    'on a desktop, in English',
    { viewport: DESKTOP, language: 'en' },
    {
      owner: 'Mia',
      guest: 'Noah',
      group: 'Morning pages',
      question: 'How do you get up so early?',
      phones: '1360000000',
    },
  ],
];

/** Two people find each other and do what HiGroup is there for; each step stands on those before it. */
describe.each(LOOKS)('the journey of two people %s', (_, look, { owner, guest, group, question, phones }) => {
  let mia: Visitor;
  let noah: Visitor;
  const phoneOf = (who: Visitor) => `${phones}${who === mia ? 1 : 2}`;
  let groupId: number;
  let postId: number;
  let questionId: number;

  beforeAll(async () => {
    [mia, noah] = await Promise.all([
      Visitor.open(browser, product.url, look),
      Visitor.open(browser, product.url, look),
    ]);
  });
  afterAll(() => Promise.all([mia?.close(), noah?.close()]));

  let failed = false;
  beforeEach(({ skip }) => skip(failed, 'a step before has failed'));
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    failed = true;
    await Promise.all([mia.photograph(`${owner} ${task.name}`), noah.photograph(`${guest} ${task.name}`)]);
  });

  const shown = (text: string | RegExp, { page }: Visitor) =>
    page.getByText(text).filter({ visible: true }).first();
  const unread = ({ page, t }: Visitor, n: number) => {
    const navigation = page.getByRole('navigation', { name: t('nav.main') });
    return navigation
      .getByLabel(t('nav.unread', { n }))
      .or(navigation.getByRole('link', { name: t('nav.unread', { n }) }))
      .filter({ visible: true });
  };
  const go = (visitor: Visitor, place: string) =>
    visitor.page
      .getByRole('navigation', { name: visitor.t('nav.main') })
      .getByRole('link', { name: visitor.t(place) })
      .click();
  const heading = (visitor: Visitor, name: string) =>
    visitor.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  it('registers both by the page', async () => {
    for (const [who, nickname] of [
      [mia, owner],
      [noah, guest],
    ] as const) {
      const { page, t } = who;
      await page.goto('/');
      await who.page.getByRole('link', { name: t('account.signIn.toRegister') }).click();
      // The page before has a field of that name, too.
      await heading(who, t('account.register.title'));
      await who.field('account.phone').fill(phoneOf(who));
      await who.button('account.code.send').click();
      await who.field('account.code.label').fill(await product.codeSentTo(phoneOf(who)));
      await who.field('account.password.label').fill(PASSWORD);
      await who.field('account.register.nickname').fill(nickname);
      await who.button('account.register.submit').click();
      await heading(who, t('nav.today'));
      await who.sees(t('today.noGroups'));
    }
  });

  it('founds a group that one applies to', async () => {
    const { page, t } = mia;
    await mia.link('today.discover').click();
    await mia.link('groups.create').first().click();
    await mia.field('groups.form.name.label').fill(group);
    await mia.chooseFirst(t('groups.form.category.label'));
    await mia.field('groups.form.description.label').fill('Every day, rain or shine.');
    await page.getByRole('radio', { name: t('groups.form.join.approval.title') }).check();
    await mia.button('groups.new.submit').click();
    await page.waitForURL(/\/groups\/\d+$/);
    groupId = Number(page.url().split('/').at(-1));
    await heading(mia, group);
    await shown(t('group.role.owner'), mia).waitFor();
  });

  it('finds it and applies; the owner hears of it at once', async () => {
    await go(mia, 'nav.today');
    const { page, t } = noah;
    await go(noah, 'nav.groups');
    await noah.link('groups.tab.discover').click();
    await noah.field('groups.discover.search').fill('Nothing of the kind');
    await noah.sees(t('groups.discover.none.title'));
    await page.getByRole('search').locator('.v-field__clearable [role=button]').click();
    await page.waitForURL((url) => !url.searchParams.has('q'));
    await noah.field('groups.discover.search').fill(group);
    await page.getByRole('link', { name: group, exact: true }).click();
    await noah.button('group.join.apply').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('group.join.reason')).fill('I want to get up early.');
    await dialog.getByRole('button', { name: t('group.join.send'), exact: true }).click();
    await noah.sees(t('group.join.pendingTitle'));
    // No reload of hers: told by the WebSocket.
    await unread(mia, 1).first().waitFor();
  });

  it('is let in; the applicant sees it at once', async () => {
    const { page, t } = mia;
    await go(mia, 'nav.messages');
    await page
      .getByRole('link', { name: t('messages.sentence.application', { actors: guest, title: group }) })
      .click();
    await page.waitForURL(`**/groups/${groupId}/applications`);
    await mia.sees('I want to get up early.');
    await page.getByRole('button', { name: t('groups.applications.approveName', { name: guest }) }).click();
    await mia.sees(t('groups.applications.none.pending'));

    await unread(noah, 1).first().waitFor();
    await noah.page
      .getByRole('region', { name: noah.t('group.checkIn.title') })
      .waitFor({ timeout: PATIENCE });
  });

  const oneTap = ({ page, t }: Visitor) =>
    page.getByRole('button', { name: t('checkIn.of', { action: t('checkIn.checkIn'), groupName: group }) });

  it('checks in with one tap', async () => {
    await go(mia, 'nav.today');
    await mia.sees(mia.t('checkIn.streak.none'));
    await oneTap(mia).click();
    await mia.sees(mia.t('checkIn.done'));
    await mia.sees(mia.t('checkIn.streak.day', { n: 1 }, 1));
    await mia.sees(mia.t('today.allDone'));
  });

  it('checks in with a note and a picture', async () => {
    const { page, t } = noah;
    await page.getByRole('button', { name: t('checkIn.withMoreOf', { groupName: group }) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('checkIn.noteOptional')).fill('Five kilometres');
    await addPicture(page, dialog.getByRole('button', { name: t('pictures.add'), exact: true }));
    await dialog.getByRole('img', { name: t('pictures.nth', { n: 1 }) }).waitFor();
    await dialog.getByRole('button', { name: t('checkIn.checkIn'), exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await noah.sees(t('checkIn.done'));
    await noah.sees(t('checkIn.streak.day', { n: 1 }, 1));
    await page.getByRole('link', { name: t('group.tab.checkIns'), exact: true }).click();
    const entry = page.getByRole('article').filter({ hasText: 'Five kilometres' });
    await entry.getByRole('button', { name: t('common.picture.open', { n: 1, of: 1 }) }).waitFor();
    await expectPicture(entry.getByRole('button', { name: t('common.picture.open', { n: 1, of: 1 }) }));
  });

  /** The first button of so many likes; what one has written oneself has none. */
  const likes = ({ page, t }: Visitor, n: number) =>
    page.getByRole('button', { name: new RegExp(`^${t('common.likeButton')}\\s*${n}$`) }).first();
  const today = ({ page }: Visitor) => page.getByRole('grid').locator('[aria-current=date]');

  it('shows today in the calendar', async () => {
    const { page, t } = mia;
    await page.goto('/statistics');
    const cell = today(mia);
    await cell.waitFor();
    expect(await cell.getAttribute('aria-label')).toContain(t('heatmap.share', { done: 1, of: 1, due: 1 }));
  });

  it('makes up for a missed day', async () => {
    // Nobody has missed anything in a group of today: it is made three days older in the test's own database.
    await product.withDatabase(async (db) => {
      const from = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
      const at = `${from} 00:00:00`;
      await db.run('update group_rules set effective_from = ? where group_id = ?', [from, groupId]);
      await db.run('update memberships set stretch_from = ?, joined_at = ? where group_id = ?', [
        from,
        at,
        groupId,
      ]);
      await db.run('update membership_spells set joined_day = ?, joined_at = ? where group_id = ?', [
        from,
        at,
        groupId,
      ]);
    });
    const { page, t } = mia;
    await page.goto(`/statistics/groups/${groupId}`);
    await mia.sees(t('statistics.makeUp.quota', { used: 0, limit: 3, remaining: 3 }));
    await mia.button('statistics.makeUp.action').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('statistics.makeUp.reason')).fill('The train was late');
    await dialog.getByRole('button', { name: t('statistics.makeUp.action'), exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await mia.sees(t('statistics.makeUp.quota', { used: 1, limit: 3, remaining: 2 }));
    await page
      .getByRole('gridcell', { name: t('heatmap.state.MAKEUP') })
      .first()
      .waitFor();

    // What is mine to make up is not offered on the page of another.
    await mia.link('statistics.toGroup').click();
    await mia.link('group.tab.members').click();
    await page.getByRole('link', { name: guest }).click();
    await heading(mia, guest);
    await page.getByRole('gridcell').first().waitFor();
    const offer = page.getByRole('heading', { name: t('statistics.makeUp.title'), exact: true });
    expect(await offer.count()).toBe(0);
  });

  it('publishes a post with a pasted picture that names somebody', async () => {
    const { page, t } = mia;
    await page.goto(`/groups/${groupId}/posts`);
    await mia.link('posts.write').click();
    await mia.field('posts.field.title').fill('See you on Saturday');
    const text = page.getByRole('textbox', { name: t('posts.field.body'), exact: true });
    await text.click();
    await page.keyboard.type(`Who comes along? **I do**, and @${guest.slice(0, 1)}`);
    await page.getByRole('option', { name: guest }).click();
    await expect.poll(() => text.inputValue(), { timeout: PATIENCE }).toContain(`@${guest}`);
    await pastePicture(text);
    await page.getByRole('img', { name: t('pictures.nth', { n: 1 }) }).waitFor();
    await mia.button('editor.preview').click();
    await page
      .getByRole('strong')
      .filter({ hasText: 'I do' })
      .or(page.locator('.preview strong'))
      .first()
      .waitFor();
    await mia.button('posts.new.publish').click();
    await page.waitForURL(/\/posts\/\d+$/);
    postId = Number(page.url().split('/').at(-1));
    await page.getByRole('heading', { name: 'See you on Saturday' }).waitFor();
    await expectPicture(page.getByRole('button', { name: t('common.picture.open', { n: 1, of: 1 }) }));
  });

  it('leads the one who was named there, who likes it and comments', async () => {
    const { page, t } = noah;
    await go(noah, 'nav.messages');
    await page
      .getByRole('link', {
        name: t('messages.sentence.mention.post', { actors: owner, title: 'See you on Saturday' }),
      })
      .click();
    await page.waitForURL(`**/posts/${postId}**`);
    await likes(noah, 0).click();
    await likes(noah, 1).and(page.locator('[aria-pressed=true]')).waitFor();
    await noah.field('comments.write').fill('I come along!');
    await noah.button('comments.send').click();
    await page.getByRole('article').filter({ hasText: 'I come along!' }).last().waitFor();
  });

  it('answers a person below the comment', async () => {
    const { page, t } = mia;
    await page.goto('/messages');
    await page
      .getByRole('link', {
        name: t('messages.sentence.comment.post', { actors: guest, title: 'See you on Saturday' }),
      })
      .click();
    await page.waitForURL(`**/posts/${postId}#comment-*`);
    await page
      .getByRole('button', { name: t('comments.replyTo', { name: guest }) })
      .first()
      .click();
    await page.getByRole('textbox', { name: t('comments.replyTo', { name: guest }) }).fill('Wonderful.');
    await mia.button('comments.reply').last().click();
    await page.getByRole('article').filter({ hasText: 'Wonderful.' }).last().waitFor();
    await likes(mia, 0).click();
    await likes(mia, 1).and(page.locator('[aria-pressed=true]')).waitFor();
    // It is there for the other as well.
    await noah.page.reload();
    await noah.page.getByRole('article').filter({ hasText: 'Wonderful.' }).last().waitFor();
  });

  it('asks, answers and accepts', async () => {
    const asker = noah.page;
    await go(noah, 'nav.questions');
    await noah.link('questions.ask').first().click();
    await noah.field('questions.form.title').fill(question);
    await noah.chooseFirst(noah.t('questions.category'));
    await asker.getByRole('textbox', { name: noah.t('questions.form.body'), exact: true }).fill('Seriously.');
    await noah.button('questions.form.send').click();
    await asker.waitForURL(/\/questions\/\d+$/);
    questionId = Number(asker.url().split('/').at(-1));

    await go(mia, 'nav.questions');
    await mia.page.getByRole('link', { name: question }).click();
    await mia.button('questions.answerForm.open').click();
    await mia.page
      .getByRole('textbox', { name: mia.t('questions.answerForm.label'), exact: true })
      .fill('I go to bed **early**.');
    await mia.button('questions.answerForm.send').click();
    await mia.sees('I go to bed');

    await go(noah, 'nav.messages');
    await asker
      .getByRole('link', {
        name: noah.t('messages.sentence.answer', { actors: owner, title: question }),
      })
      .click();
    await asker.waitForURL(`**/questions/${questionId}#answer-*`);
    await noah.button('questions.accept.accept').click();
    await noah.sees(noah.t('questions.accept.marked'));
    await unread(mia, 1).or(unread(mia, 2)).or(unread(mia, 3)).first().waitFor();
  });

  it('reads messages one by one, by kind and all', async () => {
    const { page, t } = mia;
    await go(mia, 'nav.messages');
    const items = page.getByRole('listitem').filter({ hasText: `${t('messages.unread')}: ` });
    const before = await counted(items);
    expect(before).toBeGreaterThan(1);
    await page
      .getByRole('button', {
        name: t('messages.actionsOf', {
          text: t('messages.sentence.accepted', { actors: guest, title: question }),
        }),
      })
      .click();
    await page.getByText(t('messages.read'), { exact: true }).click();
    await expect.poll(() => items.count(), { timeout: PATIENCE }).toBe(before - 1);
    await page.getByLabel(t('messages.filter.label')).getByText(t('messages.filter.like')).click();
    await mia.button('messages.readThese').click();
    await expect.poll(() => items.count(), { timeout: PATIENCE }).toBe(0);

    await go(noah, 'nav.messages');
    await noah.button('messages.readAll').click();
    await expect
      .poll(
        () =>
          noah.page
            .getByRole('listitem')
            .filter({ hasText: `${noah.t('messages.unread')}: ` })
            .count(),
        { timeout: PATIENCE },
      )
      .toBe(0);
    await expect.poll(() => unread(noah, 1).count(), { timeout: PATIENCE }).toBe(0);
  });

  it('keeps language, zone, theme and what one is told of', async () => {
    const { page, t } = noah;
    await page.goto('/me/preferences');
    const other = look.language === 'en' ? 'zh-CN' : 'en';
    const inOther = textsOf(other);
    await noah.choose(t('account.preferences.language'), t(`common.language.${other}`));
    await heading(noah, inOther('account.preferences.title'));
    expect(await page.locator('html').getAttribute('lang')).toBe(other);
    await page.reload();
    await heading(noah, inOther('account.preferences.title'));
    await noah.choose(inOther('account.preferences.language'), inOther(`common.language.${look.language}`));
    await heading(noah, t('account.preferences.title'));

    const zone = page.getByRole('combobox', { name: t('account.preferences.timeZone') });
    await zone.fill('Berlin');
    await page.getByRole('option', { name: 'Berlin' }).first().click();
    await page.getByRole('radio', { name: t('common.theme.dark') }).check();
    await page.locator('.v-theme--dark').first().waitFor();
    await page.reload();
    await page.locator('.v-theme--dark').first().waitFor();
    await expect.poll(() => zone.inputValue(), { timeout: PATIENCE }).toMatch(/Berlin|柏林/);

    await page.goto('/messages/settings');
    const likes = page
      .getByRole('switch', { name: t('messages.settingsPage.like') })
      .or(page.getByRole('checkbox', { name: t('messages.settingsPage.like') }));
    await likes.first().click();
    await expect.poll(() => likes.first().isChecked(), { timeout: PATIENCE }).toBe(false);
    await page.waitForLoadState('networkidle');
    await page.reload();
    await expect.poll(() => likes.first().isChecked(), { timeout: PATIENCE }).toBe(false);
  });

  it('signs out another device, which comes back to where it was', async () => {
    const other = await Visitor.open(browser, product.url, look);
    await other.page.goto('/me/devices');
    await other.enter({ phone: phoneOf(noah), password: PASSWORD });
    await noah.page.goto(`/posts/${postId}`);
    await noah.sees('I come along!');
    await other.button('account.devices.endOthers').click();
    await other.page
      .getByRole('alertdialog')
      .getByRole('button', { name: other.t('account.devices.endOthers') })
      .click();
    await other.sees(other.t('account.devices.ended', { n: 1 }, 1));
    // The WebSocket tells; nothing is clicked here.
    await noah.page.waitForURL(/\/sign-in\?/);
    await noah.sees(noah.t('account.signIn.ended'));
    noah.expectRefusal(401);
    await noah.enter({ phone: phoneOf(noah), password: PASSWORD });
    await noah.page.waitForURL(`**/posts/${postId}`);
    await noah.sees('I come along!');
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it('signs out', async () => {
    await mia.page.goto('/me');
    await mia.button('account.signOut').click();
    await mia.page.waitForURL('**/sign-in');
    await mia.page.goto(`/posts/${postId}`);
    await mia.page.waitForURL(/\/sign-in\?next=/);
  });

  it('has left nothing to complain of', () => {
    expect({ owner: mia.complaints, guest: noah.complaints }).toEqual({ owner: [], guest: [] });
    expect([...mia.strayRequests, ...noah.strayRequests]).toEqual([]);
  });
});

async function counted(items: Locator): Promise<number> {
  await items.first().waitFor();
  return items.count();
}

async function addPicture(page: Page, button: Locator): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles({ name: 'run.png', mimeType: 'image/png', buffer: await picture('png') });
}

/** As after copying a picture: a clipboard event with a file, which a script may make, unlike the clipboard itself. */
async function pastePicture(into: Locator): Promise<void> {
  const base64 = (await picture('png')).toString('base64');
  await into.evaluate((element, data) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, base64);
}

/** Not only an element: the picture itself has come. */
async function expectPicture(around: Locator): Promise<void> {
  await around.first().scrollIntoViewIfNeeded();
  const image = around.first().locator('img');
  await expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth), {
      timeout: PATIENCE,
    })
    .toBeGreaterThan(0);
}
