using System.Runtime.Versioning;

namespace NotebookHost.Tests;

/// <summary>A folder that is all of <c>PATH</c>: scripts that stand in for programs of this machine, sick or well.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakePrograms : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>A program that prints a text and ends.</summary>
    public string Add(string name, string output, int exitCode = 0) => AddScript(name, $"echo '{output}'\nexit {exitCode}");

    /// <summary>A program that complains and fails.</summary>
    public string AddBroken(string name, string complaint) => AddScript(name, $"echo '{complaint}' >&2\nexit 1");

    /// <summary>A program of shell commands; only those that the shell has built in are in its <c>PATH</c>.</summary>
    public string AddScript(string name, string commands)
    {
        string file = _folder.File(name);
        File.WriteAllText(file, $"#!/bin/sh\n{commands}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }

    public void Dispose() => _folder.Dispose();
}
