import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import {
  headsetLogLength,
  headsetLogSchema,
  type HeadsetEntry,
  type HeadsetNews,
} from '../../shared/ipc/headset.ts';
import { createHeadsetWatch } from './headset-watch.ts';

const description = {
  headset: 1,
  vendorId: 0x0b0e,
  productId: 0x0e41,
  productName: 'Jabra EVOLVE 20',
  collections: [],
  present: true,
};
const entry = (at: number): HeadsetEntry => ({
  at,
  headset: 1,
  kind: 'in',
  reportId: 2,
  bytes: [1],
});
const news = (part: Partial<HeadsetNews>): HeadsetNews => ({
  whole: false,
  headsets: [],
  entries: [],
  ...part,
});

const start = () => {
  const orders: boolean[] = [];
  const published: HeadsetNews[] = [];
  const files: { readonly name: string; readonly text: string }[] = [];
  const watch = createHeadsetWatch({
    order: (on) => orders.push(on),
    publish: (told) => published.push(told),
    saveFile: (name, text) => {
      files.push({ name, text });
      return Promise.resolve(`/home/agent/${name}`);
    },
    program: 'Ringside 0.1.0',
    system: 'Linux 6.1',
    wallNow: () => Date.UTC(2026, 10, 22),
  });
  return { watch, orders, published, files };
};

test('headsets are watched while a page looks, and by an engine that is born meanwhile', async () => {
  const { watch, orders } = start();
  watch.takePhone({ engineId: 'first' });
  watch.close();
  expect(orders).toEqual([]);
  await watch.handlers['headsets.watch'](null);
  watch.takePhone({ engineId: 'first' });
  expect(orders).toEqual([true]);
  watch.takePhone({ engineId: 'second' });
  await watch.handlers['headsets.unwatch'](null);
  watch.takePhone({ engineId: 'third' });
  expect(orders).toEqual([true, true, false]);
});

test('news pass to the page that looks, and to none when nobody does', async () => {
  const { watch, published } = start();
  watch.take(news({ whole: true }));
  await watch.handlers['headsets.watch'](null);
  const told = news({ whole: true, headsets: [description] });
  watch.take(told);
  expect(published).toEqual([told]);
});

test('the file holds each headset once, the latest entries, and what the sender wrote', async () => {
  const { watch, files } = start();
  await watch.handlers['headsets.watch'](null);
  watch.take(news({ whole: true, headsets: [description], entries: [entry(1)] }));
  watch.take(news({ headsets: [{ ...description, present: false }] }));
  const more = Array.from({ length: headsetLogLength }, (_, index) => entry(index + 2));
  watch.take(news({ entries: more }));
  expect(await watch.handlers['headsets.export']({ note: 'Mute does nothing.' })).toEqual({
    ok: true,
    value: '/home/agent/ringside-headset-2026-11-22.json',
  });
  const log: unknown = JSON.parse(files[0]?.text ?? '');
  expect(Value.Check(headsetLogSchema, log)).toBe(true);
  expect(log).toMatchObject({
    program: 'Ringside 0.1.0',
    note: 'Mute does nothing.',
    headsets: [{ ...description, present: false }],
    entries: more,
  });
});

test('what an engine tells from its beginning replaces what was known', async () => {
  const { watch, files } = start();
  await watch.handlers['headsets.watch'](null);
  watch.take(news({ whole: true, headsets: [description], entries: [entry(1)] }));
  watch.take(news({ whole: true }));
  await watch.handlers['headsets.export']({ note: '' });
  expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({ headsets: [], entries: [] });
});

test('a file that cannot be written is an answer', async () => {
  const failing = createHeadsetWatch({
    order: () => undefined,
    publish: () => undefined,
    saveFile: () => Promise.reject(new Error('disk full')),
    program: '',
    system: '',
    wallNow: () => 0,
  });
  expect(await failing.handlers['headsets.export']({ note: '' })).toMatchObject({
    ok: false,
    why: { code: 'failed' },
  });
});
