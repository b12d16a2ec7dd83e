using System.Globalization;

namespace AttentionNotebooks;

/// <summary>
/// Says digits with a synthesiser of formants (after Klatt 1980, much simplified): pulses of a voice and noise go through three resonators
/// whose frequencies move along the digit. Only + - × ÷ are used, which IEEE 754 rounds the same everywhere.
/// </summary>
internal static class SynthesisedDigits
{
    /// <summary>The stream of recordings to train on.</summary>
    public const ulong Train = 1;

    /// <summary>The stream of recordings to test on.</summary>
    public const ulong Test = 2;

    /// <summary>Samples a second.</summary>
    public const int SampleRate = 8000;

    private const ulong Voices = 3;

    // Of each sound: milliseconds, voice and noise in tenths, and where the three formants are in its middle, in hertz.
    private static readonly Sound[][] OfDigit =
    [
        Sounds("80 4 5 300 1800 2600; 90 10 0 380 1900 2500; 70 10 0 400 1350 1800; 130 10 0 520 1000 2400; 90 8 0 360 800 2400"), // zero
        Sounds("70 8 0 300 700 2300; 150 10 0 650 1200 2500; 100 5 0 260 1500 2500"), // one
        Sounds("25 0 0 400 1800 2600; 35 0 8 400 1800 3000; 120 10 0 330 1150 2300; 110 9 0 310 900 2300"), // two
        Sounds("90 0 3 400 1400 2700; 70 8 0 350 1100 1600; 180 10 0 280 2250 2900"), // three
        Sounds("90 0 3 400 1100 2400; 160 10 0 560 860 2450; 110 8 0 450 1300 1700"), // four
        Sounds("90 0 3 400 1100 2400; 130 10 0 760 1250 2500; 100 10 0 380 2050 2650; 70 4 2 300 1100 2300"), // five
        Sounds("110 0 9 2600 3300 3700; 90 10 0 400 1950 2600; 50 0 0 400 1950 2600; 20 0 7 500 2000 2700; 110 0 9 2600 3300 3700"), // six
        Sounds("100 0 9 2600 3300 3700; 90 10 0 560 1800 2500; 50 4 2 300 1200 2300; 70 9 0 500 1500 2500; 90 5 0 260 1500 2500"), // seven
        Sounds("110 10 0 500 1800 2500; 90 10 0 320 2200 2750; 60 0 0 300 2000 2700; 40 0 7 400 1900 3000"), // eight
        Sounds("80 5 0 260 1500 2500; 130 10 0 760 1250 2500; 100 10 0 380 2050 2650; 90 5 0 260 1500 2500"), // nine
    ];

    /// <summary>Every voice says every digit so many times. A recording depends on the seed, the stream, its voice, its digit and its number alone.</summary>
    public static SpokenDigitSet Speak(long seed, ulong stream, int speakers, int takes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speakers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speakers, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(takes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(takes, 10_000);
        var recordings = new List<Recording>();
        for (var take = 0; take < takes; take++)
        {
            for (var speaker = 0; speaker < speakers; speaker++)
            {
                for (var digit = 0; digit < 10; digit++) recordings.Add(Say(seed, stream, speaker, digit, take));
            }
        }

        return new("synthesised digits", SampleRate, recordings, $"synthesised by this library from seed {seed}");
    }

    private static Recording Say(long seed, ulong stream, int speaker, int digit, int take)
    {
        var ofSpeaker = new SplitMix64((ulong)seed, Voices, (ulong)speaker);
        var random = new SplitMix64((ulong)seed, stream, ((ulong)(uint)take << 32) | ((ulong)(uint)speaker << 8) | (uint)digit);
        var voice = new FormantVoice(ref ofSpeaker, ref random, SampleRate);
        return new(digit, $"voice {speaker + 1}", take, voice.Say(OfDigit[digit], ref random));
    }

    private static Sound[] Sounds(string text) => Array.ConvertAll(text.Split(';'), sound =>
    {
        var n = Array.ConvertAll(sound.Split(' ', StringSplitOptions.RemoveEmptyEntries), number => int.Parse(number, CultureInfo.InvariantCulture));
        return new Sound(n[0] / 1000.0, n[1] / 10.0, n[2] / 10.0, n[3], n[4], n[5]);
    });

    /// <summary>One sound of a digit.</summary>
    /// <param name="Seconds">How long it lasts.</param>
    /// <param name="Voiced">How loud the voice is, 0..1.</param>
    /// <param name="Noise">How loud the noise is, 0..1.</param>
    /// <param name="First">The first formant, in hertz.</param>
    /// <param name="Second">The second.</param>
    /// <param name="Third">The third.</param>
    internal readonly record struct Sound(double Seconds, double Voiced, double Noise, double First, double Second, double Third)
    {
        /// <summary>Between this sound and another.</summary>
        public Sound Towards(Sound other, double share)
        {
            return new(0, Mix(Voiced, other.Voiced), Mix(Noise, other.Noise), Mix(First, other.First), Mix(Second, other.Second), Mix(Third, other.Third));

            double Mix(double a, double b) => a + ((b - a) * share);
        }
    }
}
