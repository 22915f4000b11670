using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>
/// Emits the proxy of an interface: a subclass of <see cref="GrainReference"/> in which each method packs its arguments into an
/// array and hands them, with its <see cref="CallMethod"/> from a static field, to <see cref="CallSender"/>.
/// </summary>
internal static class ProxyEmitter
{
    private static readonly AssemblyBuilder Assembly = AssemblyBuilder.DefineDynamicAssembly(new("WhatsSound.Embedded.Proxies"), AssemblyBuilderAccess.Run);
    private static readonly ModuleBuilder Module = Assembly.DefineDynamicModule("Proxies");
    private static readonly ConstructorInfo BaseConstructor = typeof(GrainReference).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0];
    private static readonly HashSet<string> Opened = [];
    private static readonly Lock Gate = new();
    private static int count;

    public static string FieldName(int method) => string.Create(CultureInfo.InvariantCulture, $"Method{method}");

    public static Type Emit(Type grainInterface, MethodInfo[] methods)
    {
        lock (Gate)
        {
            Open(typeof(CallSender).Assembly);
            Open(grainInterface.Assembly);
            foreach (var inherited in grainInterface.GetInterfaces()) Open(inherited.Assembly);
            var name = string.Create(CultureInfo.InvariantCulture, $"{grainInterface.Name}Proxy{++count}");
            var type = Module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grainInterface]);
            EmitConstructor(type);
            EmitInterfaceName(type, grainInterface.FullName ?? grainInterface.Name);
            for (var i = 0; i < methods.Length; i++)
                EmitMethod(type, methods[i], type.DefineField(FieldName(i), typeof(CallMethod), FieldAttributes.Public | FieldAttributes.Static));
            return type.CreateType();
        }
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(GrainReferenceShared), typeof(IdSpan)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, BaseConstructor);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitInterfaceName(TypeBuilder type, string name)
    {
        var getter = typeof(GrainReference).GetProperty(nameof(GrainReference.InterfaceName))!.GetMethod!;
        var method = type.DefineMethod(getter.Name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(string), []);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldstr, name);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(method, getter);
    }

    private static void EmitMethod(TypeBuilder type, MethodInfo declaration, FieldInfo field)
    {
        var parameters = Array.ConvertAll(declaration.GetParameters(), parameter => parameter.ParameterType);
        var method = type.DefineMethod(
            $"{declaration.DeclaringType!.FullName}.{declaration.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            declaration.ReturnType,
            parameters);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, field);
        il.Emit(OpCodes.Ldc_I4, parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg, i + 1);
            if (parameters[i].IsValueType) il.Emit(OpCodes.Box, parameters[i]);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Call, SenderFor(declaration.ReturnType));
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(method, declaration);
    }

    private static MethodInfo SenderFor(Type returnType)
    {
        if (returnType == typeof(void)) return typeof(CallSender).GetMethod(nameof(CallSender.Void))!;
        var kind = returnType.Name.StartsWith(nameof(ValueTask), StringComparison.Ordinal) ? nameof(CallSender.ValueTask) : nameof(CallSender.Task);
        return returnType.IsGenericType
            ? typeof(CallSender).GetMethod(kind + "Of")!.MakeGenericMethod(returnType.GetGenericArguments())
            : typeof(CallSender).GetMethod(kind)!;
    }

    /// <summary>Lets proxies see the internal types of an assembly, so that grain interfaces need not be public.</summary>
    private static void Open(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        if (!Opened.Add(name)) return;
        var constructor = typeof(System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute).GetConstructors()[0];
        Assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
    }
}
