//! S3 behind `CloudFront`: a template of `CloudFormation`.
//!
//! It makes the three policies for headers (the managed one has no Content-Security-Policy)
//! and the function that redirects and finds the page of a folder; `Metadata` says how
//! the distribution refers to them. A function may have 10 kB (checked by `check --host`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::parse::json;

use super::headers::Scope;
use super::{HASHED, Plan};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Template {
    #[serde(rename = "AWSTemplateFormatVersion")]
    version: &'static str,
    description: String,
    metadata: Metadata,
    resources: BTreeMap<&'static str, Resource>,
}

/// What the distribution must say.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata {
    viewer_protocol_policy: &'static str,
    default_cache_behavior: &'static str,
    cache_behaviors: BTreeMap<String, &'static str>,
    viewer_request_function: &'static str,
    custom_error_responses: Vec<ErrorResponse>,
    compress: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorResponse {
    error_code: u16,
    response_code: u16,
    response_page_path: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Resource {
    #[serde(rename = "Type")]
    kind: &'static str,
    properties: Properties,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Properties {
    #[serde(rename_all = "PascalCase")]
    Policy { response_headers_policy_config: Box<PolicyConfig> },
    #[serde(rename_all = "PascalCase")]
    Function { name: &'static str, auto_publish: bool, function_config: FunctionConfig, function_code: String },
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyConfig {
    name: String,
    custom_headers_config: Headers,
    security_headers_config: Security,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Headers {
    items: Vec<Item>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    header: &'static str,
    value: String,
    #[serde(rename = "Override")]
    overrides: bool,
}

/// Headers that `CloudFront` takes by their own names only.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Security {
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type_options: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame_options: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referrer_policy: Option<Value>,
    #[serde(rename = "StrictTransportSecurity", skip_serializing_if = "Option::is_none")]
    transport: Option<Value>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Value {
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame_option: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referrer_policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_control_max_age_sec: Option<u32>,
    #[serde(rename = "Override")]
    overrides: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FunctionConfig {
    comment: &'static str,
    runtime: &'static str,
}

/// The configuration.
pub(super) fn configuration(plan: &Plan) -> String {
    let mut behaviors = BTreeMap::from([(format!("{}*", plan.path(HASHED)), "Hashed")]);
    behaviors.extend(plan.shared().into_iter().map(|path| (if path.ends_with('/') { format!("{path}*") } else { path }, "Shared")));
    let error = |error_code| ErrorResponse { error_code, response_code: 404, response_page_path: plan.path("404.html") };
    let function = Properties::Function {
        name: "leitfaden",
        auto_publish: true,
        function_config: FunctionConfig { comment: "Redirects and the pages of folders", runtime: "cloudfront-js-2.0" },
        function_code: function(plan),
    };
    json::pretty(&Template {
        version: "2010-09-09",
        description: format!("Headers and redirects of {}; Metadata says what the distribution must refer to", plan.name),
        metadata: Metadata {
            viewer_protocol_policy: "redirect-to-https",
            default_cache_behavior: "Own",
            cache_behaviors: behaviors,
            viewer_request_function: "Requests",
            custom_error_responses: vec![error(403), error(404)],
            compress: true,
        },
        resources: BTreeMap::from([
            ("Own", policy(plan, Scope::Own, "leitfaden-own")),
            ("Shared", policy(plan, Scope::Shared, "leitfaden-shared")),
            ("Hashed", policy(plan, Scope::Hashed, "leitfaden-hashed")),
            ("Requests", Resource { kind: "AWS::CloudFront::Function", properties: function }),
        ]),
    })
}

fn policy(plan: &Plan, scope: Scope, name: &str) -> Resource {
    let (mut items, mut security) = (Vec::new(), Security::default());
    for (header, value) in plan.headers(scope) {
        let plain = Value { overrides: true, ..Value::default() };
        match header {
            "Content-Security-Policy" => security.content_security_policy = Some(Value { content_security_policy: Some(value), ..plain }),
            "X-Content-Type-Options" => security.content_type_options = Some(plain),
            "X-Frame-Options" => security.frame_options = Some(Value { frame_option: Some(value), ..plain }),
            "Referrer-Policy" => security.referrer_policy = Some(Value { referrer_policy: Some(value), ..plain }),
            "Strict-Transport-Security" => {
                let seconds = value.split('=').nth(1).and_then(|seconds| seconds.parse().ok());
                security.transport = Some(Value { access_control_max_age_sec: seconds, ..plain });
            }
            header => items.push(Item { header, value, overrides: true }),
        }
    }
    let config = PolicyConfig { name: name.to_owned(), custom_headers_config: Headers { items }, security_headers_config: security };
    Resource { kind: "AWS::CloudFront::ResponseHeadersPolicy", properties: Properties::Policy { response_headers_policy_config: Box::new(config) } }
}

/// The function that sees every request.
pub(super) fn function(plan: &Plan) -> String {
    let moved: BTreeMap<&str, &str> = plan.redirects.iter().map(|rule| (rule.from[0].as_str(), rule.to.as_str())).collect();
    format!(
        "var moved = {};\n\
         function handler(event) {{\n\
         \x20 var request = event.request, uri = request.uri;\n\
         \x20 var to = moved[uri] || moved[uri.replace(/\\/$/, '')];\n\
         \x20 if (!to && !/[.][^/]+$|\\/$/.test(uri)) to = uri + '/';\n\
         \x20 if (to) return {{ statusCode: 301, statusDescription: 'Moved Permanently', headers: {{ location: {{ value: to }} }} }};\n\
         \x20 if (uri.endsWith('/')) request.uri += 'index.html';\n\
         \x20 return request;\n}}\n",
        json::line(&moved)
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::plan;
    use super::*;

    #[test]
    fn every_header_is_in_every_policy() {
        let config: json::Json = json::read(&configuration(&plan("/x/"))).unwrap();
        for (name, scope) in [("Own", Scope::Own), ("Shared", Scope::Shared), ("Hashed", Scope::Hashed)] {
            let policy = &config["Resources"][name]["Properties"]["ResponseHeadersPolicyConfig"];
            let custom = policy["CustomHeadersConfig"]["Items"].as_array().unwrap().len();
            let security = policy["SecurityHeadersConfig"].as_object().unwrap().len();
            assert_eq!(custom + security, plan("/x/").headers(scope).len(), "{name}");
        }
        assert_eq!(config["Metadata"]["CacheBehaviors"]["/x/static/*"].as_str(), Some("Hashed"));
    }
}
