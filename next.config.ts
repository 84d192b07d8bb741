import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["@node-rs/argon2", "pg-boss", "postgres"],
  // The doors answer before Next and carry their own compression policy; pages are small.
  compress: true,
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
};

export default config;
