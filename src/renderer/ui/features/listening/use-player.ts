import { useEffect, useState, type RefObject } from 'react';
import { skipFrom, within, type Silence, type Speed } from './playing.ts';

const playAt = (sound: HTMLAudioElement | null, speed: Speed): void => {
  if (sound !== null) sound.playbackRate = speed;
};
const goTo = (sound: HTMLAudioElement | null, ms: number): void => {
  if (sound !== null) sound.currentTime = ms / 1_000;
};

/**
 * The sound of one recording, and where it stands. The style property `--played` of the stage follows the sound without
 * React: 60 times a second.
 */
export const usePlayer = (
  audio: RefObject<HTMLAudioElement | null>,
  stage: RefObject<HTMLElement | null>,
  lengthMs: number,
  silences: readonly Silence[],
) => {
  const [playing, setPlaying] = useState(false);
  const [ms, setMs] = useState(0);
  const [failed, setFailed] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const [skips, setSkips] = useState(false);

  const show = (at: number): void => {
    const played = lengthMs === 0 ? 0 : (100 * within(at, lengthMs)) / lengthMs;
    stage.current?.style.setProperty('--played', `${played.toFixed(3)}%`);
  };

  useEffect(() => {
    playAt(audio.current, speed);
  }, [audio, speed, playing]);

  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    const follow = (): void => {
      const sound = audio.current;
      if (sound !== null) {
        const at = sound.currentTime * 1_000;
        const to = skips ? skipFrom(at, silences) : null;
        if (to !== null) goTo(sound, to);
        show(to ?? at);
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => {
      cancelAnimationFrame(frame);
    };
  });

  const seek = (to: number): void => {
    const at = within(to, lengthMs);
    setMs(at);
    show(at);
    goTo(audio.current, at);
  };
  /** Where the sound is now: what is shown may be a moment old. */
  const position = (): number =>
    within(Math.round((audio.current?.currentTime ?? 0) * 1_000), lengthMs);

  return {
    playing,
    ms,
    failed,
    speed,
    skips,
    setSpeed,
    setSkips,
    seek,
    position,
    move: (byMs: number): void => {
      seek(position() + byMs);
    },
    toggle: (): void => {
      const sound = audio.current;
      if (sound === null) return;
      if (!sound.paused) {
        sound.pause();
        return;
      }
      // A refusal to play arrives as the element's error event as well.
      sound.play().catch(() => {
        setFailed(true);
      });
    },
    events: {
      onPlay: (): void => {
        setPlaying(true);
        setFailed(false);
      },
      onPause: (): void => {
        setPlaying(false);
      },
      onTimeUpdate: (): void => {
        setMs(position());
        show(position());
      },
      onError: (): void => {
        setPlaying(false);
        setFailed(true);
      },
    },
  };
};

export type Player = ReturnType<typeof usePlayer>;
