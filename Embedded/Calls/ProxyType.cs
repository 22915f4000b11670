using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>The class that implements a grain interface by sending calls; made once per interface.</summary>
internal static class ProxyType
{
    private static readonly ConcurrentDictionary<Type, Func<GrainReferenceShared, IdSpan, object>> Makers = new();

    public static Func<GrainReferenceShared, IdSpan, object> MakerFor(Type grainInterface) => Makers.GetOrAdd(grainInterface, Build);

    private static Func<GrainReferenceShared, IdSpan, object> Build(Type grainInterface)
    {
        if (!grainInterface.IsInterface || !typeof(IAddressable).IsAssignableFrom(grainInterface))
            throw new ArgumentException($"{grainInterface} is not a grain interface.", nameof(grainInterface));
        var methods = InterfaceMethods.Of(grainInterface).ToArray();
        var type = ProxyEmitter.Emit(grainInterface, Array.ConvertAll(methods, entry => entry.Method));
        for (var i = 0; i < methods.Length; i++)
            type.GetField(ProxyEmitter.FieldName(i), BindingFlags.Static | BindingFlags.Public)!.SetValue(null, methods[i].Call);
        var shared = Expression.Parameter(typeof(GrainReferenceShared));
        var key = Expression.Parameter(typeof(IdSpan));
        return Expression.Lambda<Func<GrainReferenceShared, IdSpan, object>>(Expression.New(type.GetConstructors()[0], shared, key), shared, key).Compile();
    }
}
