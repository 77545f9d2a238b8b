package dev.wattline.faults;

import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its {@link Lab} as a parameter, in {@code target/labs/<class>.<method>}, and ends all in it afterwards. */
final class LabExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Method test = context.getRequiredTestMethod();
        String name = test.getDeclaringClass().getSimpleName() + "." + test.getName() + "-"
                + Integer.toHexString(context.getUniqueId().hashCode());
        Path folder = Path.of("target", "labs", name).toAbsolutePath();
        return context.getStore(NAMESPACE).getOrComputeIfAbsent("lab", key -> Lab.in(folder), Lab.class);
    }
}
