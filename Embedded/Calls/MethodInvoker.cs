using System.Linq.Expressions;
using System.Reflection;

namespace WhatsSound.Embedded.Calls;

/// <summary>Compiles a call of an interface method, so that none needs reflection when it runs.</summary>
internal static class MethodInvoker
{
    public static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)));
        return Expression.Lambda<Func<object, object?[], Task>>(AsTask(call), target, arguments).Compile();
    }

    private static Expression AsTask(MethodCallExpression call)
    {
        if (call.Type == typeof(void)) return Expression.Block(call, Expression.Constant(Task.CompletedTask));
        return call.Type.Name.StartsWith(nameof(ValueTask), StringComparison.Ordinal) ? Expression.Call(call, nameof(ValueTask.AsTask), null) : call;
    }
}
