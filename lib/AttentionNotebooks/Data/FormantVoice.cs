namespace AttentionNotebooks;

/// <summary>One voice at one moment: what it makes of sounds.</summary>
internal sealed class FormantVoice
{
    // The frequencies move in steps this short.
    private const int Step = 40;

    private readonly int sampleRate;
    private readonly double pitch;
    private readonly double fall;
    private readonly double tract;
    private readonly double pace;
    private readonly double breath;
    private readonly double loudness;
    private readonly double hiss;

    /// <summary>Draws a voice.</summary>
    /// <param name="ofSpeaker">A generator that begins the same for all recordings of a speaker.</param>
    /// <param name="ofTake">A generator of this recording's own.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public FormantVoice(ref SplitMix64 ofSpeaker, ref SplitMix64 ofTake, int sampleRate)
    {
        this.sampleRate = sampleRate;
        pitch = ofSpeaker.Uniform(85, 230) * ofTake.Uniform(0.92f, 1.08f);
        // A higher voice has a shorter tract more often than not.
        tract = (0.8 + (pitch / 1000) + (0.05 * ofSpeaker.Normal())) * ofTake.Uniform(0.97f, 1.03f);
        pace = ofSpeaker.Uniform(0.8f, 1.25f) * ofTake.Uniform(0.9f, 1.1f);
        breath = ofSpeaker.Uniform(0.02f, 0.12f);
        fall = ofTake.Uniform(0.05f, 0.25f);
        loudness = ofTake.Uniform(0.25f, 0.9f);
        hiss = ofTake.Uniform(0.0005f, 0.006f);
    }

    /// <summary>Says the sounds one after the other, with a little silence around; the loudest sample is 0.25 to 0.9.</summary>
    public float[] Say(SynthesisedDigits.Sound[] sounds, ref SplitMix64 random)
    {
        var lengths = new int[sounds.Length];
        for (var i = 0; i < sounds.Length; i++) lengths[i] = (int)(sounds[i].Seconds / pace * random.Uniform(0.85f, 1.15f) * sampleRate);
        var (before, after) = (Silence(ref random), Silence(ref random));
        var spoken = Synthesise(sounds, lengths, ref random);
        var loudest = spoken.Max(Math.Abs);

        var samples = new float[before + spoken.Length + after];
        for (var i = 0; i < samples.Length; i++)
        {
            var clean = i >= before && i - before < spoken.Length ? spoken[i - before] * loudness / loudest : 0;
            samples[i] = (float)Math.Clamp(clean + (hiss * random.Normal()), -1, 1);
        }

        return samples;
    }

    private double[] Synthesise(SynthesisedDigits.Sound[] sounds, int[] lengths, ref SplitMix64 random)
    {
        var samples = new double[lengths.Sum()];
        var resonators = new[] { new Resonator(), new Resonator(), new Resonator() };
        var (phase, sound) = (0.0, sounds[0]);
        for (var i = 0; i < samples.Length; i++)
        {
            if (i % Step == 0)
            {
                sound = At(sounds, lengths, i);
                resonators[0].Tune(sound.First * tract, 80, sampleRate);
                resonators[1].Tune(sound.Second * tract, 110, sampleRate);
                resonators[2].Tune(sound.Third * tract, 160, sampleRate);
            }

            // The pitch falls along the digit, and trembles.
            phase += pitch * (1 + (fall * (0.5 - ((double)i / samples.Length))) + (0.01 * random.Normal())) / sampleRate;
            var pulse = phase >= 1 ? 6.0 : 0.0;
            if (phase >= 1) phase -= 1;
            var source = (sound.Voiced * (pulse + (breath * random.Normal()))) + (0.5 * sound.Noise * random.Normal());
            samples[i] = resonators[0].Next(source) - (0.7 * resonators[1].Next(source)) + (0.4 * resonators[2].Next(source));
        }

        return samples;
    }

    // The frequencies move evenly from the middle of a sound to the middle of the next.
    private static SynthesisedDigits.Sound At(SynthesisedDigits.Sound[] sounds, int[] lengths, int place)
    {
        var middle = lengths[0] / 2.0;
        if (place <= middle) return sounds[0];
        for (var i = 1; i < sounds.Length; i++)
        {
            var next = middle + ((lengths[i - 1] + lengths[i]) / 2.0);
            if (place < next) return sounds[i - 1].Towards(sounds[i], (place - middle) / (next - middle));
            middle = next;
        }

        return sounds[^1];
    }

    private int Silence(ref SplitMix64 random) => (int)(random.Uniform(0.01f, 0.06f) * sampleRate);
}
