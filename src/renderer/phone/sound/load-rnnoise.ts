import './worklet-window.ts';
import { Rnnoise } from '@shiguredo/rnnoise-wasm';
import { withFastLayers } from './rnnoise-simd.ts';
import type { Bytes } from './wasm-program.ts';

type Instantiate = (
  program: Bytes,
  imports?: WebAssembly.Imports,
) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;

/** The package carries its program within itself and lets nobody near it: it is changed where the browser is handed it. */
export const loadRnnoise = async (
  change: (program: Bytes) => Bytes = withFastLayers,
): Promise<Rnnoise> => {
  const instantiate: Instantiate = WebAssembly.instantiate;
  const changed: Instantiate = (program, imports) => instantiate(change(program), imports);
  Object.assign(WebAssembly, { instantiate: changed });
  try {
    return await Rnnoise.load();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
};
