// Short soft tones, where this page was touched before: a browser allows none until then.

export function sound(pitch, ...starts) {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.value = 0.05;
  volume.connect(context.destination);
  for (const at of starts) {
    const tone = context.createOscillator();
    tone.frequency.value = pitch; // hertz
    tone.connect(volume);
    tone.start(context.currentTime + at);
    tone.stop(context.currentTime + at + 0.2);
    tone.onended = at === starts.at(-1) ? () => context.close() : null;
  }
}
