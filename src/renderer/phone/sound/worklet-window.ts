/** RNNoise's program asks whether it is in a page, and would not start in an audio thread; it uses nothing of it. */
Object.defineProperty(globalThis, 'window', { value: globalThis });
