namespace AttentionNotebooks;

/// <summary>
/// How people write the ten digits, as pen movements: our own drawings, several ways for each digit, in the language of
/// <see cref="Skeleton"/>. x runs right and y down; a digit is about 100 high and 50 wide, with its middle at 50,50.
/// </summary>
internal static class DigitSkeletons
{
    /// <summary>The ways to write each digit, by digit.</summary>
    public static readonly Skeleton[][] OfDigit =
    [
        Ways(
            "58,8 38,14 24,40 28,74 48,92 68,80 76,48 68,18 50,8",           // an oval
            "62,14 44,6 26,30 24,66 42,92 64,86 76,54 68,20 48,12",          // closed with a tail inside
            "56,6 40,24 34,56 42,88 56,92 66,66 66,30 54,8 44,16"),          // narrow
        Ways(
            "52,6 50,50 49,94",                                              // a bar
            "36,27 54,7! 52,50 51,94",                                       // with an upstroke
            "37,24 54,7! 52,93; 32,93 72,92",                                // with an upstroke and a foot
            "40,18 53,8! 50,92"),                                            // with a short hook
        Ways(
            "26,26 38,10 58,8 72,22 68,42 46,68 24,91! 50,90 78,88",         // a corner at the foot
            "26,26 40,9 60,9 70,26 60,54 36,82 24,84 28,74 44,80 62,90 78,84", // a loop at the foot
            "28,18 48,8 70,14 70,34 50,60 26,88! 54,84 80,92"),              // a wavy foot
        Ways(
            "28,18 46,7 66,16 64,34 44,46! 66,54 72,74 54,92 28,84",         // two bows
            "28,10 70,9! 46,42! 68,50 74,72 56,92 26,86",                    // a flat top
            "28,20 48,8 66,20 58,40 42,48 50,44 70,56 68,82 46,94 26,82"),   // a loop in the middle
        Ways(
            "32,8 26,34 24,56! 52,57 80,54; 64,22 62,60 60,95",              // open
            "64,95 64,50 63,7! 42,34 20,64! 50,64 84,62",                    // closed
            "34,12 26,50 40,58 66,50; 70,8 64,50 58,94"),                    // open and round
        Ways(
            "32,10 29,44! 50,38 72,52 72,74 52,92 26,86; 32,10 74,9",        // the flag last
            "74,10 36,12! 30,46! 52,40 74,56 68,82 46,93 24,84",             // in one stroke
            "70,12 44,10 32,28 40,44 62,52 70,72 54,92 26,86"),              // without corners
        Ways(
            "64,8 42,24 28,54 32,84 52,94 70,80 66,60 48,54 32,68",          // a bent stem
            "56,6 38,38 28,70 40,92 62,90 70,70 54,58 34,70",                // a straight stem
            "70,16 50,10 32,34 26,66 40,92 64,90 74,70 58,54 34,62"),        // a hooked stem
        Ways(
            "24,12 74,11! 58,50 46,94",                                      // plain
            "24,12 74,11! 58,50 46,94; 36,53 72,50",                         // with a bar
            "26,27 28,12! 74,13! 60,40 44,92",                               // with a serif
            "24,16 48,18 76,10! 56,46 50,94"),                               // with a wavy top
        Ways(
            "68,20 50,8 32,22 42,42 62,56 70,76 50,93 30,78 38,56 60,42 70,24", // in one stroke
            "50,8 34,18 36,38 50,46 64,38 66,18 50,8; 50,46 30,60 30,82 50,94 70,82 70,60 50,46", // two rings
            "62,14 44,8 34,26 52,46 68,68 56,92 34,86 34,66 54,46 66,28 60,10"), // narrow
        Ways(
            "68,22 48,8 30,24 34,46 54,48 68,26! 66,60 64,95",               // a straight tail
            "68,24 50,8 30,22 34,44 54,48 68,26! 70,58 60,88 34,90",         // a hooked tail
            "64,14 44,10 30,30 42,48 62,40 68,18 66,52 54,94"),              // in one stroke
    ];

    private static Skeleton[] Ways(params string[] paths) => Array.ConvertAll(paths, Skeleton.Parse);
}
