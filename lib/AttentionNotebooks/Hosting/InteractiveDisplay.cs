using System.Reflection;
using System.Runtime.ExceptionServices;

namespace AttentionNotebooks;

/// <summary>
/// .NET Interactive's display, found by name: <c>KernelInvocationContext.Current.Display(value, mimeTypes)</c>, an instance or extension
/// method by version. Its handle updates the right output, which that of <c>display(value)</c> does not.
/// </summary>
internal sealed class InteractiveDisplay : INotebookDisplay
{
    private const string AssemblyName = "Microsoft.DotNet.Interactive";
    private const string ContextName = AssemblyName + ".KernelInvocationContext";

    private readonly object _context;
    private readonly MethodInfo _display;

    private InteractiveDisplay(object context, MethodInfo display) => (_context, _display) = (context, display);

    /// <summary>The display of the cell that runs now, or null where .NET Interactive runs none.</summary>
    public static InteractiveDisplay? OfRunningCell() =>
        Find(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => string.Equals(assembly.GetName().Name, AssemblyName, StringComparison.Ordinal)));

    internal static InteractiveDisplay? Find(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            if (assembly.GetType(ContextName) is { } type
                && type.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is { } context
                && DisplayMethod(assembly, type) is { } display)
            {
                return new InteractiveDisplay(context, display);
            }
        }

        return null;
    }

    public IDisplayed Show(object value)
    {
        object?[] arguments = [.. _display.GetParameters().Skip(_display.IsStatic ? 2 : 1).Select(Unspecified)];
        object? handle = _display.IsStatic ? Call(_display, null, [_context, value, .. arguments]) : Call(_display, _context, [value, .. arguments]);
        return new Displayed(handle ?? throw new InvalidOperationException($"{ContextName}.Display returned nothing to update: this version of .NET Interactive is not supported."));
    }

    private static MethodInfo? DisplayMethod(Assembly assembly, Type context)
    {
        MethodInfo[] instance = context.GetMethods(BindingFlags.Public | BindingFlags.Instance);
        MethodInfo[] extensions = assembly.GetType(ContextName + "Extensions")?.GetMethods(BindingFlags.Public | BindingFlags.Static) ?? [];
        return Array.Find([.. instance, .. extensions], IsDisplay);
    }

    private static bool IsDisplay(MethodInfo method) =>
        string.Equals(method.Name, "Display", StringComparison.Ordinal)
        && method.GetParameters().ElementAtOrDefault(method.IsStatic ? 1 : 0)?.ParameterType == typeof(object);

    // No MIME type given: the host takes the one that the value's formatters prefer.
    private static object? Unspecified(ParameterInfo parameter) =>
        parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0) : null;

    private static object? Call(MethodInfo method, object? target, object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private sealed class Displayed(object handle) : IDisplayed
    {
        private readonly MethodInfo _update = Array.Find(handle.GetType().GetMethods(), IsUpdate)
            ?? throw new InvalidOperationException($"{handle.GetType()} has no Update(object): this version of .NET Interactive is not supported.");

        public void Update(object value) => Call(_update, handle, [value]);

        private static bool IsUpdate(MethodInfo method) =>
            string.Equals(method.Name, "Update", StringComparison.Ordinal)
            && method.GetParameters() is [{ } only] && only.ParameterType == typeof(object);
    }
}
