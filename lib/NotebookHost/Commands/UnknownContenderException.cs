namespace NotebookHost;

/// <summary>An experiment has no contender of that name; the message says which it has.</summary>
internal sealed class UnknownContenderException(string experiment, string name, IEnumerable<string> known)
    : Exception($"{experiment} has no contender “{name}”. It has {string.Join(", ", known.Select(one => $"“{one}”"))}.");
