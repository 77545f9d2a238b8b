package dev.wattline.build;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives the classes of a package in a jar stack maps and the class file version of Java 8. picocli is compiled for Java 5:
 * the JVM verifies such classes slowly and keeps them out of its class archive, which cost each start a fifth of its CPU
 * time and 3 MiB. Nothing but the verification of the classes changes. Run by the build of the runnable jar.
 */
public final class StackMaps {
    private StackMaps() {}

    /** Arguments: the jar, which is changed in place, and the package as a path. */
    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                FileSystem files = FileSystems.newFileSystem(jar)) {
            for (Path file : classes(files.getPath(args[1]))) {
                FileTime time = Files.getLastModifiedTime(file);
                Files.write(file, withStackMaps(Files.readAllBytes(file), loader));
                Files.setLastModifiedTime(file, time);
            }
        }
    }

    private static List<Path> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
        }
    }

    private static byte[] withStackMaps(byte[] bytes, ClassLoader loader) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }
        };
        ClassVisitor newer = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(
                    int version, int access, String name, String signature, String base, String[] interfaces) {
                super.visit(Math.max(version, Opcodes.V1_8), access, name, signature, base, interfaces);
            }
        };
        new ClassReader(bytes).accept(newer, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}
