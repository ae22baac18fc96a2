/**
 * Decodes G.722 at 64 kbit/s to 16 kHz (ITU-T G.722 §6), for the voices that the project has: a codec in sub-bands of
 * which each is predicted from its past.
 */

const scaleSteps = Int16Array.of(-60, -30, 58, 172, 334, 538, 1_198, 3_042);
const scaleStepOf = Uint8Array.of(0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0);
const highScaleSteps = Int16Array.of(0, -214, 798);
const highScaleStepOf = Uint8Array.of(2, 1, 2, 1);
/** 2^(index / 32), in 1/2048. */
const powers = Int16Array.from({ length: 32 }, (_, index) => Math.round(2_048 * 2 ** (index / 32)));
const highLevels = Int16Array.of(-7_408, -1_616, 7_408, 1_616);
const coarseLevels = Int16Array.of(
  ...[0, -20_456, -12_896, -8_968, -6_288, -4_240, -2_584, -1_200],
  ...[20_456, 12_896, 8_968, 6_288, 4_240, 2_584, 1_200, 0],
);
const fine = [
  ...[24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9_360],
  ...[8_576, 7_856, 7_192, 6_576, 6_000, 5_456, 4_944, 4_464, 4_008, 3_576, 3_168],
  ...[2_776, 2_400, 2_032, 1_688, 1_360, 1_040, 728],
];
const levels = Int16Array.of(
  ...[-136, -136, -136, -136],
  ...fine.map((level) => -level),
  ...fine,
  ...[432, 136, -432, -136],
);
const mirror = Int16Array.of(3, -11, 12, 32, -210, 951, 3_876, -805, 362, -156, 53, -11);

const clipped = (value: number): number => Math.max(-32_768, Math.min(32_767, value));
const at = (values: Int16Array | Int32Array | Uint8Array, index: number): number =>
  values[index] ?? 0;

/** The predictor that both bands share (§6.2.1): two poles and six zeros, adapted by signs. */
const createBand = (firstScale: number) => {
  const differences = new Int32Array(7);
  const zeros = new Int32Array(7);
  const partial = new Int32Array(3);
  const reconstructed = new Int32Array(3);
  const poles = new Int32Array(3);
  let logScale = 0;
  let scale = firstScale;
  let zeroPart = 0;
  let prediction = 0;

  const adaptPoles = (): void => {
    const sameAsLast = (at(partial, 0) ^ at(partial, 1)) >= 0;
    const sameAsBefore = (at(partial, 0) ^ at(partial, 2)) >= 0;
    const lead = clipped(at(poles, 1) * 4);
    let second = Math.min(32_767, sameAsLast ? -lead : lead) >> 7;
    second += (sameAsBefore ? 128 : -128) + ((at(poles, 2) * 32_512) >> 15);
    second = Math.max(-12_288, Math.min(12_288, second));
    const limit = clipped(15_360 - second);
    const first = clipped((sameAsLast ? 192 : -192) + ((at(poles, 1) * 32_640) >> 15));
    poles[1] = Math.max(-limit, Math.min(limit, first));
    poles[2] = second;
  };

  const adaptZeros = (): void => {
    const step = at(differences, 0) === 0 ? 0 : 128;
    for (let tap = 1; tap < 7; tap += 1) {
      const agrees = (at(differences, tap) ^ at(differences, 0)) >= 0;
      zeros[tap] = clipped((agrees ? step : -step) + ((at(zeros, tap) * 32_640) >> 15));
    }
  };

  return {
    scale: () => scale,
    prediction: () => prediction,
    rescale: (step: number, highest: number, shift: number) => {
      logScale = Math.max(0, Math.min(highest, ((logScale * 127) >> 7) + step));
      const down = shift - (logScale >> 11);
      const power = at(powers, (logScale >> 6) & 31);
      scale = (down < 0 ? power << -down : power >> down) << 2;
    },
    adapt: (difference: number) => {
      differences[0] = difference;
      reconstructed[0] = clipped(prediction + difference);
      partial[0] = clipped(zeroPart + difference);
      adaptPoles();
      adaptZeros();
      for (let tap = 6; tap > 0; tap -= 1) differences[tap] = at(differences, tap - 1);
      for (let tap = 2; tap > 0; tap -= 1) {
        reconstructed[tap] = at(reconstructed, tap - 1);
        partial[tap] = at(partial, tap - 1);
      }
      let poleSum = 0;
      for (let tap = 1; tap < 3; tap += 1) {
        poleSum += (at(poles, tap) * clipped(at(reconstructed, tap) * 2)) >> 15;
      }
      zeroPart = 0;
      for (let tap = 6; tap > 0; tap -= 1) {
        zeroPart += (at(zeros, tap) * clipped(at(differences, tap) * 2)) >> 15;
      }
      zeroPart = clipped(zeroPart);
      prediction = clipped(clipped(poleSum) + zeroPart);
    },
  };
};

/** Samples at 16 kHz, -1 to 1. */
export const decodeG722 = (bytes: Uint8Array): Float32Array<ArrayBuffer> => {
  const low = createBand(32);
  const high = createBand(8);
  const history = new Int32Array(24);
  const samples = new Float32Array(bytes.length * 2);
  bytes.forEach((byte, index) => {
    const code = byte & 0x3f;
    const sound = low.prediction() + ((low.scale() * at(levels, code)) >> 15);
    const lowOut = Math.max(-16_384, Math.min(16_383, sound));
    const coarse = code >> 2;
    const difference = (low.scale() * at(coarseLevels, coarse)) >> 15;
    low.rescale(at(scaleSteps, at(scaleStepOf, coarse)), 18_432, 8);
    low.adapt(difference);

    const highCode = byte >> 6;
    const highDifference = (high.scale() * at(highLevels, highCode)) >> 15;
    const highOut = Math.max(-16_384, Math.min(16_383, highDifference + high.prediction()));
    high.rescale(at(highScaleSteps, at(highScaleStepOf, highCode)), 22_528, 10);
    high.adapt(highDifference);

    history.copyWithin(0, 2);
    history[22] = lowOut + highOut;
    history[23] = lowOut - highOut;
    let odd = 0;
    let even = 0;
    for (let tap = 0; tap < 12; tap += 1) {
      even += at(history, 2 * tap) * at(mirror, tap);
      odd += at(history, 2 * tap + 1) * at(mirror, 11 - tap);
    }
    samples[2 * index] = clipped(odd >> 11) / 32_768;
    samples[2 * index + 1] = clipped(even >> 11) / 32_768;
  });
  return samples;
};
