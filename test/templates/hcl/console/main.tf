variable "u" { default = null }
variable "o" {
  type = object({ a = optional(bool, true), b = optional(string), c = list(number) })
  default = { c = ["1", 2], z = 1 }
}
locals {
  r = {
    t1 = "a${1 + 2}b$${x}%%{y}"
    t2 = <<-EOT
      foo
        bar ${upper("x")}

      baz
    EOT
    t3 = <<EOT
%{ for x in ["a", "b"] ~}
item ${x}
%{ endfor ~}
end
EOT
    t4 = "%{ if true }yes%{ else }no%{ endif }"
    t5 = "%{ if false ~} yes %{~ else ~} no %{~ endif }"
    t6 = <<-EOT
      %{ for x in ["a", "b"] }
      item ${x}
      %{ endfor }
    EOT
    n1 = 0.1 + 0.2
    n2 = 7 % 3 * 2 - -1
    n3 = 1e3
    n4 = 10 / 4
    c1 = true ? "a" : 1
    f1 = [for k, v in { b = 1, a = 2 } : "${k}${v}" if v > 0]
    f2 = { for x in ["a", "b", "a"] : x => upper(x)... }
    f3 = [for x in toset(["b", "a", "b"]) : x]
    s1 = [{ a = 1 }, { a = 2 }][*].a
    s2 = [{ a = [1] }, { a = [2] }].*.a
    s3 = "x"[*]
    s4 = null[*]
    j1 = jsonencode({ b = [1, true, null, "x<>&"], a = { "$k" = "\"" } })
    j2 = jsondecode("{\"a\":[1,{\"b\":null}]}")
    m1 = merge({ a = 1 }, null, { a = 2, b = 3 })
    l1 = lookup({ a = "1" }, "b", "d")
    e1 = element(["a", "b"], 3)
    co = coalesce(null, "", "z")
    cl = coalescelist([], ["a"])
    fm = format("%s-%d-%03d-%v-%%", "a", 5, 7, true)
    fl = formatlist("%s:%s", "x", ["a", "b"])
    sp = split(",", "a,b,")
    rp = replace("a.b.c", ".", "-")
    ti = title("hello world-foo bar_baz")
    ts = trimspace("  a ")
    tp = trimprefix("abc", "ab")
    tr = trim("--a--", "-")
    ss = substr("hello", 1, 3)
    ss2 = substr("hello", -3, -1)
    ct = contains(["a", "b"], "b")
    ks = keys({ b = 1, a = 2 })
    vs = values({ b = 1, a = 2 })
    fla = flatten([["a"], [], [["b"]], "c"])
    di = distinct(["a", "b", "a"])
    cm = compact(["a", "", null])
    on = one([])
    tr1 = try({}.x, "fallback")
    tr2 = can({}.x)
    tr3 = try(tobool("maybe"), "no")
    b64 = base64encode("héllo")
    b64d = base64decode("aMOpbGxv")
    ra = range(1, 10, 3)
    zi = zipmap(["a", "b"], [1, 2])
    su = setunion(["b"], ["a", "b"])
    al = alltrue([true, "true"])
    an = anytrue([])
    so = sort(["b", "a", "B"])
    ur = urlencode("a b/c")
    lo = !false && (1 == 1 || false)
    eq = "1" == 1
    nu = var.u == null
    ob = var.o
    tn = tonumber("12")
    tst = tostring(1.5)
    ba = basename("a/b/c.txt")
    dn = dirname("a/b/c.txt")
    yd = yamldecode("a: [1, 'x']\nb: yes\n")
    ix = ["a", "b"][1]
    ln = length({ a = 1 })
    pm = path.module
    ind = indent(2, "a\nb")
    cho = chomp("a\n\n")
    rev = reverse([1, 2])
    sl = slice(["a", "b", "c"], 1, 3)
    mn = min(1, 2, -3)
    st = startswith("abc", "ab")
    neg = -[1][0]
    cond2 = { a = 1 == 1 ? "x" : "y" }
  }
}
