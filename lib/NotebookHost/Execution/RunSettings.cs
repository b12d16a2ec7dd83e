using AttentionNotebooks;

namespace NotebookHost;

/// <summary>What holds for every notebook of a run.</summary>
/// <param name="Profile"><c>quick</c> or <c>full</c>.</param>
/// <param name="Seed">The seed that experiments start from.</param>
/// <param name="Jobs">How many notebooks run at once.</param>
/// <param name="Png">Whether outputs that only a browser can show get a picture.</param>
/// <param name="InPlace">Whether the outputs are written back into the notebooks.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>: where models are trained.</param>
/// <param name="Answers">Whether the worked answers of the exercises run after the last cell.</param>
internal sealed record RunSettings(string Profile, int Seed, int Jobs, bool Png = false, bool InPlace = false, string Device = RunDevice.Auto, bool Answers = false);
