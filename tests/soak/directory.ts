import type { Measure } from '../../scripts/platform/figures.ts';
import { measureLoggedCalls } from './directory/logged-calls.ts';

/** What is proven of customers and calls in other systems: one file each in tests/soak/directory. */
export const measures: readonly Measure[] = [measureLoggedCalls];
