// The names that .NET Interactive has, so that our search by name can be tried without it.
#pragma warning disable IDE0130, MA0182 // found by reflection only
namespace Microsoft.DotNet.Interactive;

public sealed class KernelInvocationContext
{
    public static KernelInvocationContext? Current { get; set; }

    public List<string> Log { get; } = [];
}

public static class KernelInvocationContextExtensions
{
    public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(mimeTypes);
        if (value is InvalidOperationException error)
            throw error;
        context.Log.Add($"display {value} [{mimeTypes.Length}]");
        return new DisplayedValue(context);
    }
}

public sealed class DisplayedValue(KernelInvocationContext context)
{
    public void Update(object updatedValue) => context.Log.Add($"update {updatedValue}");
}
