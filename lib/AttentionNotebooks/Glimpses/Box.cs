using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>A rectangle in an image, in pixels; right and bottom are the first pixel beyond it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Box(double Left, double Top, double Right, double Bottom);
