import type { Page } from 'playwright';
import type { DeskApp } from '../desk-app.ts';
import { enginePage } from './held-by.ts';

/**
 * What still names a call: objects that have its id as a value, and maps and sets that have it as a member. As text, since
 * it runs in the process that is looked into; it looks at no accessor, which could change what it looks at.
 */
const countNaming = `function (ids) {
  const wanted = new Set(ids);
  const isNamed = (value) => typeof value === 'string' && wanted.has(value);
  const membersOf = (object) => {
    if (object instanceof Map) return [...object.keys(), ...object.values()];
    return object instanceof Set ? [...object] : [];
  };
  const valuesOf = (object) =>
    Object.values(Object.getOwnPropertyDescriptors(object)).map(({ value }) => value);
  let count = 0;
  for (const object of this) {
    if (object === wanted || object === ids || ArrayBuffer.isView(object)) continue;
    try {
      if (membersOf(object).some(isNamed) || valuesOf(object).some(isNamed)) count += 1;
    } catch {
      // What stands in for another object may refuse.
    }
  }
  return count;
}`;

/** Of a debugger's session, as the browser and Node have it. */
type Post = (method: string, given: object) => Promise<unknown>;

const countWith = async (post: Post, callIds: readonly string[]): Promise<number> => {
  const objectGroup = 'named';
  // The answers are those of the protocol's own description.
  const { result: prototype } = (await post('Runtime.evaluate', {
    expression: 'Object.prototype',
    objectGroup,
  })) as { readonly result: { readonly objectId: string } };
  const { objects } = (await post('Runtime.queryObjects', {
    prototypeObjectId: prototype.objectId,
    objectGroup,
  })) as { readonly objects: { readonly objectId: string } };
  const { result } = (await post('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: countNaming,
    arguments: [{ value: callIds }],
    returnByValue: true,
  })) as { readonly result: { readonly value: number } };
  await post('Runtime.releaseObjectGroup', { objectGroup });
  return result.value;
};

const inPage = async (page: Page, callIds: readonly string[]): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  try {
    const post = session.send.bind(session) as Post;
    return await countWith(post, callIds);
  } finally {
    await session.detach();
  }
};

const inMain = ({ app }: DeskApp, callIds: readonly string[]): Promise<number> =>
  app.evaluate(
    async (_, [declaration, ids]) => {
      const { Session } = process.getBuiltinModule('node:inspector');
      const session = new Session();
      session.connect();
      const post = (method: string, given: object): Promise<object> =>
        new Promise((resolve, reject) => {
          session.post(method, given, (error, answer) => {
            if (error === null) resolve(answer ?? {});
            else reject(error);
          });
        });
      try {
        const { result } = (await post('Runtime.evaluate', {
          expression: 'Object.prototype',
        })) as { readonly result: { readonly objectId: string } };
        const { objects } = (await post('Runtime.queryObjects', {
          prototypeObjectId: result.objectId,
        })) as { readonly objects: { readonly objectId: string } };
        const counted = (await post('Runtime.callFunctionOn', {
          objectId: objects.objectId,
          functionDeclaration: declaration,
          arguments: [{ value: ids }],
          returnByValue: true,
        })) as { readonly result: { readonly value: number } };
        return counted.result.value;
      } finally {
        session.disconnect();
      }
    },
    [countNaming, callIds] as const,
  );

/** How much in each process still names one of these calls. */
export const namedIn = async (desk: DeskApp, callIds: readonly string[]) => ({
  engine: await inPage(enginePage(desk), callIds),
  ui: await inPage(desk.desk.page, callIds),
  main: await inMain(desk, callIds),
});
