import { accessibilityFaults } from '../../support/axe.ts';
import { expect, large, type Scene, small, test, zoomed } from './support/gallery.ts';

// The checker walks every element: a trace of that is large and tells nothing.
test.use({ trace: 'off' });

/** Everything in the light theme, and in the dark one what a theme changes. */
const inBothThemes = async (scene: Scene): Promise<void> => {
  // Some pages come in a part of their own.
  await scene.page.locator('main').first().waitFor({ state: 'attached' });
  for (const theme of ['light', 'dark'] as const) {
    await scene.act((gallery, wanted) => {
      gallery.changeDesk({ settings: { ...gallery.desk().settings, theme: wanted } });
    }, theme);
    await scene.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
    const look = theme === 'light' ? 'everything' : 'colours';
    expect(await accessibilityFaults(scene.page, look), theme).toEqual([]);
  }
};

const screens = [
  ...(['elsewhere-found', 'elsewhere-nobody', 'elsewhere-written'] as const),
  ...([
    'sign-in',
    'sign-in-away',
    'sign-in-notices',
    'sign-in-by-supervisor',
    'device-offered',
    'ring-unproven',
    'idle',
    'not-ready',
    'reason-used-up',
    'set-by-supervisor',
    'signed-out-later',
    'favourites',
    'notices',
    'no-account',
    'unreachable',
    'offline',
    'missed',
    'missed-once',
    'missed-technical',
    'voicemail',
    'parked',
  ] as const),
  ...(['events-late', 'events-refused', 'disk-full'] as const),
  ...(['ringing', 'ringing-several', 'ringing-unknown', 'outgoing'] as const),
  ...(['in-call-asked', 'in-call-recording', 'in-call-held', 'in-call-muted'] as const),
  ...(['in-call-not-recorded', 'plain-in-call', 'in-call-line-bad', 'coached'] as const),
  ...(['consent-notice', 'consent-stands'] as const),
  ...(['payment-silent', 'payment-lost'] as const),
  ...(['in-call-muted-talking', 'in-call-low', 'in-call-reconnecting'] as const),
  ...(['join-barge', 'in-call-supervised'] as const),
  ...(['consult', 'conference', 'transfer-ringing', 'transfer-failed', 'line-down'] as const),
  ...(['asked-ringing', 'second-call'] as const),
  ...(['do-not-disturb', 'ringing-direct', 'just-answered', 'shift-reminder'] as const),
  ...(['in-call-deleted', 'in-call-away', 'wrap-up-ringing', 'wrap-ups'] as const),
  ...(['wrap-up-timed', 'wrap-up-soon', 'wrap-up-several'] as const),
  ...(['help-taken', 'help-asked'] as const),
  ...(['floor', 'floor-empty'] as const),
  ...(['update-ready', 'emergency-called'] as const),
  ...(['call-broke-off', 'ringing-rescued', 'battery-low'] as const),
];

for (const name of screens) {
  test(`${name} passes the accessibility checker in both themes`, async ({ gallery }) => {
    await inBothThemes(await gallery(name));
  });
}

test('where the agent is, for calls for help, passes the accessibility checker in both themes', async ({
  gallery,
}) => {
  const scene = await gallery('emergency-asks-place');
  await scene.button('Say where').click();
  await scene.page.getByLabel('Number and street').waitFor();
  await inBothThemes(scene);
});

test('the question of a link passes the accessibility checker in both themes', async ({
  gallery,
}) => {
  const scene = await gallery('link-asks');
  await scene.page.getByRole('dialog').waitFor();
  await inBothThemes(scene);
});

const strips = [
  'strip-not-ready',
  'strip-unreachable',
  'strip-ringing',
  'strip-held-muted',
  'strip-silent',
  'strip-reconnecting',
  'strip-wrap-up',
  'strip-asks',
] as const;

test('the strip passes the accessibility checker in all its states and both themes', async ({
  gallery,
}) => {
  const size = { width: 440, height: 72 };
  for (const name of strips) await inBothThemes(await gallery(name, {}, size));
});

const places: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'the settings': async ({ page }) => {
    await page.keyboard.press('Control+Comma');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  },
  'the settings at a Bluetooth headset': async (scene) => {
    await scene.act((gallery) => {
      gallery.changePhone({ devices: { ...gallery.phone().devices, handsFree: true } });
    }, null);
    await scene.page.keyboard.press('Control+Comma');
    await scene.page.getByText('works as a Bluetooth hands-free set').waitFor();
  },
  'the diagnostics of headsets': async ({ page }) => {
    await page.keyboard.press('Control+KeyK');
    await page.getByPlaceholder('What do you want to do?').fill('Headset diagnostics');
    await page.keyboard.press('Enter');
    await page.getByText('Its reports in words').first().click();
    await page.getByRole('log').getByText('Hook switch, Mute').first().waitFor();
  },
  'the events that were not accepted': async (scene) => {
    await scene.act((gallery, refused) => {
      gallery.changeDesk({ journal: { waiting: 0, late: 0, refused, problem: null } });
    }, 2);
    await scene.page.keyboard.press('Control+Comma');
    await scene.page.getByRole('button', { name: 'Save as a file' }).waitFor();
  },
  'the page of a contact': async ({ page }) => {
    await page.getByRole('button', { name: /Order taken/u }).click();
    await page.getByRole('table').waitFor();
  },
  'the quality scores': async ({ page }) => {
    await page.keyboard.press('Control+KeyJ');
    await page.locator('[data-row]').first().waitFor();
  },
  'the coaching page': async ({ page }) => {
    await page.keyboard.press('Control+KeyO');
    await page.getByRole('heading', { name: 'Over the weeks' }).waitFor();
  },
  'all calls': async ({ page }) => {
    await page.keyboard.press('Control+Shift+KeyF');
    await page.locator('[data-contact-id]').first().waitFor();
  },
  'the agent’s day': async ({ page }) => {
    await page.keyboard.press('Control+KeyD');
    await page.getByRole('heading', { name: 'Hour by hour' }).waitFor();
  },
  'a shift without a schedule': async ({ page }) => {
    await page.keyboard.press('Control+Period');
    await page.getByText('There is no schedule for you yet').waitFor();
  },
  'the colleagues': async ({ page }) => {
    await page.keyboard.press('Control+Shift+KeyC');
    await page.getByText('Jonas Weber').waitFor();
  },
  'the spotlight': async ({ page }) => {
    await page.keyboard.press('Control+KeyK');
    await page.getByPlaceholder('What do you want to do?').waitFor();
  },
  'the sheet of shortcuts': async ({ page }) => {
    await page.keyboard.press('Control+Slash');
    await page.getByRole('dialog').waitFor();
  },
  'the not-ready reasons': async (scene) => {
    await scene.button('Not ready').click();
    await scene.page.getByRole('menuitem', { name: 'Lunch' }).waitFor();
  },
  'the evidence behind the status line': async ({ page }) => {
    await page.getByRole('button', { name: /^Server/u }).click();
    await page.getByText('Not yet sent').waitFor();
  },
};

for (const [name, go] of Object.entries(places)) {
  test(`${name} passes the accessibility checker in both themes`, async ({ gallery }) => {
    const scene = await gallery('idle');
    await go(scene);
    await inBothThemes(scene);
  });
}

test('a check before a shift passes the accessibility checker in both themes, as it asks and as it is over', async ({
  gallery,
}) => {
  const scene = await gallery('check-offered');
  await scene.button('Shift-start check').click();
  await scene.button('Start the check').click();
  await scene.button('Leave this out').click();
  await scene.page.getByText('Did you hear three notes?').waitFor();
  await inBothThemes(scene);
  await scene.button('No').click();
  await scene.page.getByText('Part of the sound is lost on the way.').first().waitFor();
  await scene.page.getByText('Everything that was measured').click();
  await inBothThemes(scene);
});

test('a shift passes the accessibility checker in both themes', async ({ gallery }) => {
  const scene = await gallery('shift');
  await scene.page.keyboard.press('Control+Period');
  await scene.region('Adherence').waitFor();
  await inBothThemes(scene);
});

test('a call that is scored passes the accessibility checker in both themes', async ({
  gallery,
}) => {
  const scene = await gallery('supervisor');
  await scene.page.keyboard.press('Control+KeyJ');
  await scene.page.locator('[data-row]').first().click();
  await scene.button('Change the calibration').click();
  await scene.region('Calibration for Ana Ferreira').waitFor();
  await inBothThemes(scene);
});

test('the reports and what a figure is made of pass the accessibility checker in both themes', async ({
  gallery,
}) => {
  const scene = await gallery('reports');
  await scene.page.keyboard.press('Control+KeyR');
  await scene.page.locator('.recharts-surface').first().waitFor();
  await inBothThemes(scene);
  await scene.page
    .getByRole('button', { name: /show the contacts$/u })
    .first()
    .click();
  await scene.page.locator('[data-row]').first().waitFor();
  await inBothThemes(scene);
});

test('a wrap-up that is put right passes the accessibility checker in both themes', async ({
  gallery,
}) => {
  const scene = await gallery('wrap-up-several');
  await scene.page.keyboard.press('Control+Shift+KeyF');
  await scene.page.locator('[data-row]').first().click();
  await scene.button('Correct').click();
  await scene.button('Save correction').click();
  await scene.region('Correct the wrap-up').waitFor();
  await inBothThemes(scene);
});

test('what an agent reads of supervisors passes the accessibility checker in both themes', async ({
  gallery,
}) => {
  const scene = await gallery('memos');
  await scene.button('3 messages').click();
  await scene.page.getByRole('dialog', { name: 'From your supervisors' }).waitFor();
  await inBothThemes(scene);
});

for (const [item, dialog] of [
  ['Change queues…', /^Queues of/u],
  ['Wrap-ups left behind…', 'Wrap-ups left behind'],
] as const) {
  test(`“${item}” of an agent passes the accessibility checker in both themes`, async ({
    gallery,
  }) => {
    const scene = await gallery('floor');
    const { page } = scene;
    await page
      .getByRole('button', { name: /^Act on the work of/u })
      .first()
      .click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await page.getByRole('dialog', { name: dialog }).getByRole('button').last().waitFor();
    await inBothThemes(scene);
  });
}

for (const [panel, key] of [
  ['Transfer', 'KeyT'],
  ['Add call', 'KeyP'],
] as const) {
  test(`the panel of “${panel}” passes the accessibility checker in both themes`, async ({
    gallery,
  }) => {
    const scene = await gallery('in-call');
    await scene.page.keyboard.press(`Control+Shift+${key}`);
    await scene.region(panel).waitFor();
    await scene.page.keyboard.type('+1 202 555 0123');
    await scene.page.locator('[data-caution="international"]').waitFor();
    await inBothThemes(scene);
  });
}

const fitting = [
  ...(['sign-in', 'idle', 'ringing', 'in-call-asked', 'wrap-up-ringing'] as const),
  ...(['second-call', 'conference', 'wrap-up-timed'] as const),
];

for (const size of [large, small, zoomed]) {
  for (const name of fitting) {
    test(`${name} fits a window of ${size.width}×${size.height}`, async ({ gallery }) => {
      const { page } = await gallery(name, { language: 'pt' }, size);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
}
