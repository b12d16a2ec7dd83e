using System.Reflection;

namespace AttentionNotebooks.Tests;

/// <summary>What hosts do, which know our types by name only.</summary>
public class FigureConventionTests
{
    [Theory]
    [MemberData(nameof(Sample.Kinds), MemberType = typeof(Sample))]
    public void A_host_finds_html_and_text_by_name(string kind)
    {
        Figure figure = Sample.Of(kind);

        Assert.Equal(figure.ToHtml(), Format(figure, "text/html"));
        Assert.Equal(figure.ToString(), Format(figure, "text/plain"));
    }

    [Fact]
    public void A_host_formats_a_type_that_a_notebook_derives() =>
        Assert.Contains("derived", Format(new Derived(), "text/plain"), StringComparison.Ordinal);

    [Fact]
    public void A_host_formats_each_item_of_a_list()
    {
        object[] items = [Sample.Curves(), Sample.Bars()];

        Assert.All(items, item => Assert.StartsWith("<figure", Format(item, "text/html"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_formatter_leaves_other_values_to_others()
    {
        using var writer = new StringWriter();

        Assert.All(new RenderedFormatterSource().CreateTypeFormatters().Cast<RenderedFormatter>(), formatter => Assert.False(formatter.Format("no figure", writer)));
        Assert.Empty(writer.ToString());
    }

    [Fact]
    public void Html_is_preferred_and_text_goes_with_it()
    {
        Attribute attribute = AttributeOf(typeof(ImageGrid));

        Assert.Equal(["text/html", "text/plain"], (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!);
    }

    private static Attribute AttributeOf(Type type) =>
        type.GetCustomAttributes(inherit: true).OfType<Attribute>().Single(attribute => attribute.GetType().Name is "TypeFormatterSourceAttribute");

    private static string Format(object value, string mimeType)
    {
        Attribute attribute = AttributeOf(value.GetType());
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        object source = Activator.CreateInstance(sourceType)!;
        var formatters = (System.Collections.IEnumerable)sourceType.GetMethod("CreateTypeFormatters", BindingFlags.Public | BindingFlags.Instance, [])!.Invoke(source, [])!;
        object formatter = formatters.Cast<object>().Single(one => mimeType.Equals(one.GetType().GetProperty("MimeType")!.GetValue(one)));

        using var writer = new StringWriter();
        Assert.True((bool)formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(formatter, [value, writer])!);
        return writer.ToString();
    }

    private sealed class Derived() : LineChart("x", new Panel("y", new Series("derived", Role.Hybrid, [0, 1], [0, 1])));
}
