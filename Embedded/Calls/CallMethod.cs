using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using WhatsSound.Embedded.Copying;

namespace WhatsSound.Embedded.Calls;

/// <summary>One method of a grain interface: how it is sent, gated and run.</summary>
internal abstract class CallMethod(MethodInfo method)
{
    private readonly Copier?[] argumentCopiers = Array.ConvertAll(method.GetParameters(), parameter => ArgumentCopiers.For(method, parameter));

    public string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";

    public Func<object, object?[], Task> Invoke { get; } = MethodInvoker.Compile(method);

    public bool IsReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));

    public bool AlwaysInterleaves { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));

    public bool IsOneWay { get; } = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);

    public TimeSpan? ResponseTimeout { get; } = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;

    /// <summary>Which argument is the cancellation token; -1 for none.</summary>
    public int CancellationIndex { get; } = Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));

    /// <summary>Replaces what must not be shared between caller and callee by copies.</summary>
    public void CopyArguments(object?[] arguments)
    {
        CopyContext? context = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (argumentCopiers[i] is { } copy && arguments[i] is { } argument) arguments[i] = copy(argument, context ??= new());
        }
    }
}
