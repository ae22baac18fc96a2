import type { Connector, SettingField } from '../../connectors/connector.ts';
import type { Settings } from '../../connectors/ask.ts';
import { failure, success, type Result } from '../../../shared/result.ts';

const isWhole = (pattern: RegExp, text: string): boolean =>
  new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(text);

/** What is wrong with one field; null: nothing. Secrets are not repeated. */
const problemOf = (field: SettingField, given: string | undefined): string | null => {
  const { name, pattern, choices, example } = field;
  if (given === undefined || given === '') {
    return field.isOptional === true ? null : `settings/${name} is missing`;
  }
  if (choices !== undefined && !choices.includes(given)) {
    return `settings/${name} is none of ${choices.join(', ')}`;
  }
  if (/[\p{Cc}]/u.test(given) && field.isLong !== true) {
    return `settings/${name} holds control characters`;
  }
  if (pattern !== undefined && !isWhole(pattern, given)) {
    return `settings/${name} is not what it should be${example === undefined ? '' : `, such as ${example}`}`;
  }
  return null;
};

export type SplitSettings = { readonly open: Settings; readonly secrets: Settings };

/**
 * What was filled in, held against the connector's fields; secrets that were left out stay as they were. The first problem is
 * told by the field's name.
 */
export const readSettings = (
  connector: Connector,
  given: Settings,
  kept: Settings,
): Result<SplitSettings, string> => {
  const fields = new Map(connector.fields.map((field) => [field.name, field]));
  const unknown = Object.keys(given).find((name) => !fields.has(name));
  if (unknown !== undefined) return failure(`settings/${unknown} is no field of ${connector.name}`);
  const open: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const field of connector.fields) {
    const { name } = field;
    const own = given[name]?.trim() ?? (field.isSecret === true ? kept[name] : undefined);
    const problem = problemOf(field, own);
    if (problem !== null) return failure(problem);
    if (own === undefined || own === '') continue;
    (field.isSecret === true ? secrets : open)[name] = own;
  }
  return success({ open, secrets });
};
